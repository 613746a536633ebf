using System.Diagnostics;
using System.Text.RegularExpressions;

namespace VoiceFunctions.Testing;

/// <summary>Azurite on free ports, with a folder of its own that goes when it does.</summary>
internal sealed partial class StorageEmulator : IAsyncDisposable
{
    /// <summary>The account and key that every installation of Azurite has (Azurite's README).</summary>
    private const string Account = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voice-azurite-");
    private readonly int _blob = FreePort.Take();
    private readonly int _queue = FreePort.Take();
    private readonly int _table = FreePort.Take();
    private ChildProcess? _process;

    public string ConnectionString =>
        $"{Account}BlobEndpoint=http://127.0.0.1:{_blob}/devstoreaccount1;QueueEndpoint=http://127.0.0.1:{_queue}/devstoreaccount1;TableEndpoint=http://127.0.0.1:{_table}/devstoreaccount1;";

    public async Task StartAsync()
    {
        if (!File.Exists(Repository.Azurite))
        {
            throw new InvalidOperationException($"{Repository.Azurite} is missing. ./voice test installs it.");
        }

        (_process, _) = await ChildProcess.StartAsync(
            new ProcessStartInfo(
                "node",
                [
                    Repository.Azurite, "--location", _folder.FullName, "--disableTelemetry", "--skipApiVersionCheck",
                    "--blobPort", $"{_blob}", "--queuePort", $"{_queue}", "--tablePort", $"{_table}",
                ]),
            TableReady());
    }

    public async Task StopAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    // The table service is the last of the three to come up.
    [GeneratedRegex("Azurite Table service is successfully listening")]
    private static partial Regex TableReady();
}
