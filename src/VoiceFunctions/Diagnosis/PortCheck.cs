using System.Net;
using System.Net.Sockets;

namespace VoiceFunctions.Diagnosis;

/// <summary>Whether the addresses that <c>./voice run</c> listens at are free, or whose they are.</summary>
internal static class PortCheck
{
    private const string Area = "ports";

    public static async Task<IReadOnlyList<Finding>> RunAsync(int port, bool withAzurite, CancellationToken cancellationToken) =>
    [
        !IsTaken(port) ? Finding.Ok(Area, $"{port} is free for the app")
            : await IsAppAsync(port, cancellationToken) ? Finding.Ok(Area, $"{port}: the app is running there")
            : Finding.Problem(Area, $"{port} belongs to another program", "end it, or choose another with --port"),
        .. withAzurite ? Azurite() : [],
    ];

    private static IEnumerable<Finding> Azurite()
    {
        int[] ports = [10000, 10001, 10002];
        var taken = ports.Where(IsTaken).ToList();
        yield return taken.Count switch
        {
            0 => Finding.Ok(Area, "10000 to 10002 are free for Azurite"),
            3 => Finding.Ok(Area, "a storage emulator listens at 10000 to 10002"),
            _ => Finding.Problem(Area, $"{string.Join(" and ", taken)} of Azurite's ports 10000 to 10002 belong to another program", "end it, or point AzureWebJobsStorage at a storage account"),
        };
    }

    private static bool IsTaken(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task<bool> IsAppAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/api/health"), cancellationToken);
            return response.IsSuccessStatusCode && response.Headers.Contains("X-Request-Id");
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
