using CliWrap;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

/// <summary>The audio stage as the app registers and starts it, with a temporary folder of its own that can be looked into.</summary>
public sealed class AudioLab : IAsyncLifetime
{
    private readonly Dictionary<string, string?> _settings;
    private readonly TimeProvider _time;
    private ServiceProvider? _services;

    public AudioLab()
        : this([])
    {
    }

    internal AudioLab(Dictionary<string, string?> settings, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _settings = settings;
        Folder = Directory.CreateTempSubdirectory("audio-lab-").FullName;
        _settings["Audio:TempFolder"] = TempFolder;
    }

    /// <summary>Where a test may put what it needs.</summary>
    public string Folder { get; }

    /// <summary>Where the stage under test puts its temporary files.</summary>
    public string TempFolder => Path.Combine(Folder, "temp");

    internal AudioInspector Inspector => Get<AudioInspector>();

    internal AudioDecoder Decoder => Get<AudioDecoder>();

    internal AudioEncoder Encoder => Get<AudioEncoder>();

    internal AudioCapabilities Capabilities => Get<AudioCapabilities>();

    /// <summary>What the stage holds at the moment; its lock apart.</summary>
    public IEnumerable<string> TempFiles() =>
        Directory.Exists(TempFolder)
            ? Directory.EnumerateFiles(TempFolder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock")
            : [];

    public T Get<T>()
        where T : notnull => _services!.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(_settings).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton(_time).AddAudio().BuildServiceProvider();
        foreach (var service in _services.GetServices<IHostedService>())
        {
            if (service is IHostedLifecycleService lifecycle) await lifecycle.StartingAsync(CancellationToken.None);
            await service.StartAsync(CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>An AudioLab that differs from the app's defaults, started.</summary>
    internal static async Task<AudioLab> StartAsync(params (string Key, string Value)[] settings)
    {
        var lab = new AudioLab(settings.ToDictionary(setting => $"Audio:{setting.Key}", setting => (string?)setting.Value));
        await lab.InitializeAsync();
        return lab;
    }

    /// <summary>
    /// A shell script, executable unless <paramref name="mode"/> says otherwise. A shell writes it: had this process written it, a child being forked at that moment could hold it open, and Linux
    /// does not run what is open for writing.
    /// </summary>
    internal async Task<string> ScriptAsync(string body, int mode = 700)
    {
        var path = Path.Combine(Folder, $"script-{Guid.NewGuid():N}.sh");
        await Cli.Wrap("sh").WithArguments(["-c", $"cat > \"$0\" && chmod {mode} \"$0\"", path])
            .WithStandardInputPipe(PipeSource.FromString($"#!/bin/sh\n{body}\n")).ExecuteAsync();
        return path;
    }

    /// <summary>What the real ffmpeg makes of a WAV file.</summary>
    internal static async Task<byte[]> FfmpegAsync(byte[] wav, string arguments, string extension)
    {
        var folder = Directory.CreateTempSubdirectory("audio-lab-ffmpeg-");
        try
        {
            var input = Path.Combine(folder.FullName, "in.wav");
            var output = Path.Combine(folder.FullName, $"out.{extension}");
            await File.WriteAllBytesAsync(input, wav);
            await Cli.Wrap("ffmpeg").WithArguments($"-v error -nostdin -i {input} {arguments} {output}").ExecuteAsync();
            return await File.ReadAllBytesAsync(output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
