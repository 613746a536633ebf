using System.Text;
using System.Text.Json;
using CliWrap;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Offline;

/// <summary>
/// Looks what of the offline engines is on this machine: model files by existence and size (their SHA-256 was checked at install), espeak-ng by asking
/// it for its voices. Loads no engine and no native library.
/// </summary>
internal sealed partial class OfflineProbe(IOptions<OfflineOptions> options, TimeProvider timeProvider, ILogger<OfflineProbe> logger)
{
    private const string Stamp = "installed.json";
    private const string FliteModule = "flite/flite.wasm";
    private const string VoiceActivity = "silero-vad/silero_vad_v6.onnx";
    private const string Encoder = "moonshine-tiny/encoder.onnx";
    private const string Decoder = "moonshine-tiny/decoder.onnx";
    private const string Vocabulary = "moonshine-tiny/vocabulary.txt";

    public async Task<OfflineInventory> RunAsync(CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        var voices = await FindEspeakVoicesAsync(missing, cancellationToken);
        var folder = FindModelsFolder();
        var installed = await ReadStampAsync(folder, missing, cancellationToken);
        var flite = Has(folder, installed, missing, FliteModule)
            ? new FliteFiles(Path.Combine(folder!, FliteModule), installed!.Files[FliteModule].Sha256,
                options.Value.CachePath ?? Path.Combine(folder!, ".cache"))
            : null;
        var recogniser = Has(folder, installed, missing, VoiceActivity, Encoder, Decoder, Vocabulary)
            ? new RecogniserFiles(Path.Combine(folder!, VoiceActivity), Path.Combine(folder!, Encoder), Path.Combine(folder!, Decoder),
                Path.Combine(folder!, Vocabulary))
            : null;
        foreach (var reason in missing) LogMissing(logger, reason);
        return new OfflineInventory { Flite = flite, Recogniser = recogniser, EspeakVoices = voices, Missing = missing };
    }

    private string? FindModelsFolder()
    {
        if (options.Value.ModelsPath is { Length: > 0 } configured) return Path.GetFullPath(configured);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var models = Path.Combine(folder.FullName, "tools", "models");
            if (Directory.Exists(models)) return models;
        }

        return null;
    }

    private static async Task<InstalledModels?> ReadStampAsync(string? folder, List<string> missing, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            missing.Add("There is no folder tools/models; run tools/install-models.mjs.");
            return null;
        }

        var path = Path.Combine(folder, Stamp);
        try
        {
            await using var stream = File.OpenRead(path);
            var installed = await JsonSerializer.DeserializeAsync(stream, OfflineJsonContext.Default.InstalledModels, cancellationToken);
            if (installed?.Files is not null) return installed;
            missing.Add($"{path} is damaged; run tools/install-models.mjs.");
        }
        catch (JsonException)
        {
            missing.Add($"{path} is damaged; run tools/install-models.mjs.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            missing.Add($"{path} cannot be read; run tools/install-models.mjs.");
        }

        return null;
    }

    private static bool Has(string? folder, InstalledModels? installed, List<string> missing, params ReadOnlySpan<string> names)
    {
        if (folder is null || installed is null) return false;
        var complete = true;
        foreach (var name in names)
        {
            var file = new FileInfo(Path.Combine(folder, name));
            if (installed.Files.TryGetValue(name, out var expected) && file.Exists && file.Length == expected.Size) continue;
            missing.Add($"{file.FullName} is {(file.Exists ? "not the file that was installed" : "missing")}; run tools/install-models.mjs.");
            complete = false;
        }

        return complete;
    }

    private async Task<IReadOnlyList<EspeakVoice>> FindEspeakVoicesAsync(List<string> missing, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.ProbeTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var list = new StringBuilder();
            var result = await Cli.Wrap(options.Value.EspeakPath)
                .WithArguments("--voices")
                .WithEnvironmentVariables(ChildEnvironment.WithoutSettings())
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(list, Encoding.UTF8))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(either.Token);
            var voices = result.ExitCode == 0 ? EspeakVoice.ParseList(list.ToString()) : [];
            if (voices.Count == 0) missing.Add($"{options.Value.EspeakPath} lists no voices.");
            return voices;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            missing.Add($"{options.Value.EspeakPath} does not answer.");
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            missing.Add($"{options.Value.EspeakPath} is not installed.");
        }

        return [];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Part of the offline engines is not available: {Reason}")]
    private static partial void LogMissing(ILogger logger, string reason);
}
