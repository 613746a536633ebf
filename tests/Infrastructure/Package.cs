using System.Text;
using CliWrap;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Infrastructure;

/// <summary>The package for Azure, published once from these sources against the official packages, into a tree of its own.</summary>
public sealed class Package : IAsyncLifetime
{
    private readonly DirectoryInfo _work = Directory.CreateTempSubdirectory("voice-package-");

    public string Folder => Path.Combine(_work.FullName, "package");

    public string Log { get; private set; } = string.Empty;

    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public async ValueTask InitializeAsync()
    {
        var log = new StringBuilder();
        var result = await Cli.Wrap("dotnet")
            .WithArguments([
                "publish", Path.Combine(Repository.Root, "src", "VoiceFunctions"), "-c", "Release", "-o", Folder, "--nologo", "-v", "quiet",
                "-p:FunctionsRuntime=Azure", $"-p:ArtifactsPath={Path.Combine(_work.FullName, "artifacts")}",
                // What they find, they find in the default build.
                "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", "-p:UseSharedCompilation=false", "-nodeReuse:false",
            ])
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(log))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(log))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync();
        Log = log.ToString();
        Assert.True(result.IsSuccess, Log);
    }

    public ValueTask DisposeAsync()
    {
        _work.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
