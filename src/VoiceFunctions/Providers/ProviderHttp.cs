using System.Net;

namespace VoiceFunctions.Providers;

/// <summary>One exchange with a provider over HTTP: what comes back is the answer or a <see cref="ProviderException"/> of the right kind.</summary>
internal static class ProviderHttp
{
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

    /// <summary>Reads the body whole, at most <paramref name="maxBytes"/> of it.</summary>
    /// <exception cref="ProviderException">The body broke off or is larger than any right answer.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, string provider, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(maxBytes, cancellationToken);
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new ProviderException(provider, ProviderFailureKind.BadResult, $"The answer is larger than {maxBytes} bytes.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ProviderException(provider, ProviderFailureKind.Unavailable, "The connection broke in the middle of the answer.", exception);
        }
    }

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
