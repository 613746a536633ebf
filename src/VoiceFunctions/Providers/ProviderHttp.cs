using System.Buffers;
using System.Net;

namespace VoiceFunctions.Providers;

/// <summary>One exchange with a provider over HTTP: what comes back is the answer or a <see cref="ProviderException"/> of the right kind.</summary>
internal static class ProviderHttp
{
    private const int FirstBytes = 256 * 1024;

    /// <summary>The most bytes that are made ready on the word of a header: some minutes of WAV.</summary>
    private const int TrustedBytes = 16 * 1024 * 1024;

    /// <summary>Sends the request and reads the head of the answer. The caller owns the response.</summary>
    /// <exception cref="ProviderException">The provider could not be reached, or did not answer 2xx.</exception>
    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, string provider, HttpRequestMessage request, TimeProvider time, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new ProviderException(provider, ProviderFailureKind.Unavailable, $"The connection failed ({exception.HttpRequestError}).", exception);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw Failure(provider, (int)response.StatusCode, name => Header(response, name), time);
        }
    }

    /// <summary>
    /// Reads the body whole, at most <paramref name="maxBytes"/> of it. Audio is large: one array of its size is allocated, and where the size is not told beforehand
    /// pooled ones before it.
    /// </summary>
    /// <exception cref="ProviderException">The body broke off or is larger than any right answer.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent answer, string provider, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await answer.ReadAsStreamAsync(cancellationToken);
            if (answer.Headers.ContentLength > maxBytes)
            {
                throw TooLarge(provider, maxBytes);
            }

            if (answer.Headers.ContentLength is not <= TrustedBytes)
            {
                return await ReadAsync(body, provider, maxBytes, cancellationToken);
            }

            var bytes = GC.AllocateUninitializedArray<byte>((int)answer.Headers.ContentLength);
            await body.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ProviderException(provider, ProviderFailureKind.Unavailable, "The connection broke in the middle of the answer.", exception);
        }
    }

    private static async Task<byte[]> ReadAsync(Stream body, string provider, long maxBytes, CancellationToken cancellationToken)
    {
        var (buffer, count) = (ArrayPool<byte>.Shared.Rent(FirstBytes), 0);
        try
        {
            for (int read; (read = await body.ReadAsync(buffer.AsMemory(count), cancellationToken)) > 0;)
            {
                count += read;
                if (count > maxBytes)
                {
                    throw TooLarge(provider, maxBytes);
                }

                if (count == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * count, maxBytes + 1));
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }

            return buffer[..count];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ProviderException TooLarge(string provider, long maxBytes) =>
        new(provider, ProviderFailureKind.BadResult, $"The answer is larger than {maxBytes} bytes.");

    /// <summary>
    /// What a status other than 2xx means. The body is left out of the message on purpose: providers echo requests in it.
    /// </summary>
    public static ProviderException Failure(string provider, int status, Func<string, string?> header, TimeProvider time, Exception? innerException = null)
    {
        var kind = status switch
        {
            (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.PaymentRequired or (int)HttpStatusCode.Forbidden => ProviderFailureKind.Unauthorized,
            (int)HttpStatusCode.RequestTimeout => ProviderFailureKind.Timeout,
            (int)HttpStatusCode.TooManyRequests => ProviderFailureKind.RateLimited,
            // The model or the endpoint is gone, which says nothing against the call.
            (int)HttpStatusCode.NotFound or (int)HttpStatusCode.Gone => ProviderFailureKind.Unavailable,
            >= 400 and < 500 => ProviderFailureKind.InvalidRequest,
            _ => ProviderFailureKind.Unavailable,
        };
        return new ProviderException(provider, kind, $"HTTP {status}.", innerException) { RetryAfter = RetryAfterHeader.Read(header, time) };
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
