using System.Net.Http.Json;

namespace VoiceFunctions.Load.Driving;

/// <summary>Sends requests as a client library does and says how each ended; nothing that a server does makes it throw.</summary>
internal sealed class Caller(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) }) { BaseAddress = address, Timeout = Patience };

    public HttpClient Client => _client;

    public Task<Answer> SpeakAsync(string text, string format, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, "/api/tts") { Content = JsonContent.Create(new { text, format }) }, cancellationToken);

    public Task<Answer> TranscribeAsync(byte[] wav, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, "/api/stt?cache=bypass") { Content = new ByteArrayContent(wav) { Headers = { { "Content-Type", "audio/wav" } } } }, cancellationToken);

    public void Dispose() => _client.Dispose();

    private async Task<Answer> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        try
        {
            using var request = make();
            using var response = await _client.SendAsync(request, cancellationToken);
            return await Answer.ReadAsync(response, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            return new Answer(exception.HttpRequestError.ToString(), null, null);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Answer("client_timeout", null, null);
        }
    }
}
