using Microsoft.Extensions.Logging.Testing;
using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Tests.Providers.Offline;

public sealed class FliteLoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offline-").FullName;
    private readonly OfflineHost _host = new();

    [Fact]
    public void Load_Twice_TakesTheCompiledFile()
    {
        Speak();
        var compiled = Cached();
        Speak();
        Assert.Equal(compiled, Cached());
        Assert.True(new FileInfo(compiled).Length > 10_000_000);
    }

    [Fact]
    public void Load_DamagedCache_CompilesAgain()
    {
        Speak();
        using (var file = File.OpenWrite(Cached()))
        {
            file.Seek(1_000_000, SeekOrigin.Begin);
            file.Write(new byte[4096]);
        }

        Speak();
        Speak();
    }

    [Fact]
    public void Load_CacheOfAnotherKind_CompilesAgain()
    {
        Speak();
        var compiled = Cached();

        // Its name tells its content truly, but it is not what this engine compiles.
        var content = "another version"u8.ToArray();
        var name = Path.GetFileName(compiled);
        File.Delete(compiled);
        File.WriteAllBytes(Path.Combine(_folder, name[..^(64 + ".cwasm".Length)] + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)) + ".cwasm"), content);
        Speak();
        Assert.Equal(compiled, Cached());
    }

    [Fact]
    public async Task Load_AtOnce_LeavesOneGoodFile()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(Speak)));
        Assert.NotEmpty(Cached());
        Assert.All(Directory.EnumerateFiles(_folder), path => Assert.EndsWith(".cwasm", path, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_FolderThatCannotBeWritten_CompilesWithoutCache()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Speak(Path.Combine(file, "cache"));
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(_folder));
    }

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Speak() => Speak(_folder);

    private void Speak(string cache)
    {
        using var module = new FliteLoader(_host.Get<OfflineInventory>().Flite! with { CacheFolder = cache }, new FakeLogger<FliteLoader>()).Load();
        Assert.True(module.Run(["flite", "-voice", "kal16", "-t", "Hello", "-o", $"{FliteSystem.Folder}/o.wav"], TestContext.Current.CancellationToken).Length > 10_000);
    }

    private string Cached() => Assert.Single(Directory.EnumerateFiles(_folder, "*.cwasm"));
}
