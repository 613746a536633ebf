using System.Diagnostics;
using VoiceFunctions.Testing;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd;

/// <summary>What <c>doctor</c> says of machines and settings that are well, and of such that are not.</summary>
public sealed class DoctorTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Doctor_EverythingThere_FindsNoProblem()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();

        var (exit, said) = await RunAsync(["--call"], ("AzureWebJobsStorage", storage.ConnectionString), ("Security__AllowAnonymous", "true"));

        Assert.True(exit == 0, said);
        Assert.Contains("a row was written and read back", said, StringComparison.Ordinal);
        Assert.Contains("offline spoke with flite", said, StringComparison.Ordinal);
        Assert.EndsWith("No problem found.", said.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', said);
    }

    [Fact]
    public async Task Doctor_NoKeyAndNoAnonymous_SaysThatNobodyCanCall()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();

        var (exit, said) = await RunAsync([], ("AzureWebJobsStorage", storage.ConnectionString), ("Security__AllowAnonymous", "false"));

        Assert.Equal(1, exit);
        Assert.Contains("./voice keys create", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Audio__FfmpegPaths", "/usr/bin/ffmpeg", "FfmpegPaths")]
    [InlineData("Resilience__MaxRetries", "many", "of the wrong kind")]
    [InlineData("Resilience__MaxRetries", "-7", "MaxRetries")]
    [InlineData("OpenAI__ApiKeys", "sk-secret", "ApiKeys")]
    [InlineData("AzureWebJobsStorage__account", "mine", "account")]
    public async Task Doctor_SettingThatIsWrong_IsNamedWithoutItsValue(string name, string value, string expected)
    {
        var (exit, said) = await RunAsync([], ("AzureWebJobsStorage", name.StartsWith("AzureWebJobsStorage", StringComparison.Ordinal) ? "" : "UseDevelopmentStorage=true"), (name, value));

        Assert.Equal(1, exit);
        Assert.Contains(expected, said, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-secret", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_NoStorage_SaysSoOnceAndInOneLine()
    {
        var (exit, said) = await RunAsync([], ("AzureWebJobsStorage", ""));

        Assert.Equal(1, exit);
        Assert.Single(said.Split('\n'), line => line.Contains("PROBLEM", StringComparison.Ordinal));
        Assert.Contains("AzureWebJobsStorage", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_StorageAway_SaysHowToStartIt()
    {
        await using var storage = new StorageEmulator();

        var (exit, said) = await RunAsync([], ("AzureWebJobsStorage", storage.ConnectionString), ("Security__AllowAnonymous", "true"));

        Assert.Equal(1, exit);
        Assert.Contains("./voice run starts the local Azurite", said, StringComparison.Ordinal);
        Assert.DoesNotContain("AccountKey", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_ProviderThatRefusesItsKey_IsCalledOnceAndNamed()
    {
        await using var storage = new StorageEmulator();
        await storage.StartAsync();
        await using var provider = new LoopbackOpenAI();

        var (exit, said) = await RunAsync(
            ["--call"],
            ("AzureWebJobsStorage", storage.ConnectionString), ("Security__AllowAnonymous", "true"), ("OpenAI__ApiKey", "sk-wrong"), ("OpenAI__Endpoint", provider.Root.AbsoluteUri));

        Assert.Equal(1, exit);
        Assert.Equal(1, provider.Count);
        Assert.Contains("openai does not speak", said, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-wrong", said, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Said)> RunAsync(IEnumerable<string> options, params (string Name, string Value)[] settings)
    {
        // A variable goes before local.settings.json, which a working copy may have.
        var start = new ProcessStartInfo("dotnet", [Repository.App, "doctor", "--port", "0", .. options]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var doctor = Process.Start(start)!;
        var said = doctor.StandardOutput.ReadToEndAsync(Cancelled);
        var failed = doctor.StandardError.ReadToEndAsync(Cancelled);
        await doctor.WaitForExitAsync(Cancelled);
        Assert.Empty(await failed);
        return (doctor.ExitCode, await said);
    }
}
