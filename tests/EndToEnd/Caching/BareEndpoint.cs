using System.Diagnostics;
using System.Text.RegularExpressions;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Caching;

/// <summary>Kestrel in a process of its own that answers everything with the same bytes: as fast as it can be done with it.</summary>
internal sealed partial class BareEndpoint : IAsyncDisposable
{
    private readonly string _file;

    private BareEndpoint(ChildProcess process, Uri address, string file) => (Process, Address, _file) = (process, address, file);

    public ChildProcess Process { get; }

    public Uri Address { get; }

    public static async Task<BareEndpoint> StartAsync(byte[] content)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, content);
        var (process, ready) = await ChildProcess.StartAsync(new ProcessStartInfo("dotnet", [Repository.Program("BareEndpoint"), file]), Listening());
        return new BareEndpoint(process, new Uri(ready.Groups["address"].Value), file);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        File.Delete(_file);
    }

    [GeneratedRegex("Now listening on: (?<address>http://\\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}
