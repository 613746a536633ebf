using System.Net.Sockets;
using System.Text;

namespace VoiceFunctions.EndToEnd.Security;

/// <summary>A connection on which anything can be said, HTTP or not.</summary>
internal sealed class RawHttp : IAsyncDisposable
{
    private readonly TcpClient _client = new();
    private readonly Uri _app;

    private RawHttp(Uri app) => _app = app;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<RawHttp> ConnectAsync(HttpClient client)
    {
        var connection = new RawHttp(client.BaseAddress!);
        await connection._client.ConnectAsync(connection._app.Host, connection._app.Port, Cancelled);
        return connection;
    }

    /// <summary>Sends one whole request and gives the whole answer; empty when the connection was closed without one.</summary>
    public static async Task<string> AskAsync(HttpClient client, string request)
    {
        await using var connection = await ConnectAsync(client);
        await connection.SendAsync(request);
        return await connection.ReadToEndAsync();
    }

    public Task SendAsync(string text) => _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Cancelled).AsTask();

    /// <summary>Whether something could be sent; a connection that the app has closed takes nothing any more.</summary>
    public async Task<bool> TrySendAsync(string text)
    {
        try
        {
            await SendAsync(text);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>What comes until the app closes the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await _client.GetStream().ReadAsync(buffer, Cancelled) is > 0 and var length)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, length));
            }
        }
        catch (IOException)
        {
            // Reset: the app did not want to hear the rest.
        }

        return answer.ToString();
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
