using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>POSTs a signed message to a receiver, once.</summary>
internal sealed class CallbackSender : IDisposable
{
    public const string TimestampHeader = "X-Voice-Timestamp";
    public const string SignatureHeader = "X-Voice-Signature";

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;

    public CallbackSender(CallbackDialer dialer, IOptions<CallbackOptions> options, TimeProvider time)
    {
        _time = time;
        _timeout = options.Value.Timeout;
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = dialer.ConnectAsync,
            // Both would take a call to where nobody has looked.
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            // Each call is looked at anew.
            PooledConnectionLifetime = TimeSpan.Zero,
            MaxResponseHeadersLength = 16,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<CallbackReply> SendAsync(Uri url, ReadOnlyMemory<byte> body, string secret, CancellationToken cancellationToken)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(SignatureHeader, $"sha256={Sign(timestamp, body.Span, secret)}");
        using var patience = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            // What the receiver has to say beyond its status is not read.
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Judge(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CallbackReply.Failed("timeout");
        }
        catch (HttpRequestException exception)
        {
            return exception.InnerException is AddressRefusedException ? CallbackReply.Refused("address_refused") : CallbackReply.Failed("unreachable");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The HMAC-SHA256, in lower-case hex, of the timestamp, a dot and the body.</summary>
    private static string Sign(string timestamp, ReadOnlySpan<byte> body, string secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes($"{timestamp}."));
        hmac.AppendData(body);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    private CallbackReply Judge(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and < 300 => CallbackReply.Delivered,
            >= 300 and < 400 => CallbackReply.Refused("redirect"),
            (int)HttpStatusCode.Gone => CallbackReply.Refused("status 410"),
            _ => CallbackReply.Failed($"status {status}") with { RetryAfter = RetryAfterHeader.Read(name => response.Headers.TryGetValues(name, out var values) ? values.First() : null, _time) },
        };
    }
}
