using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.Google;

/// <summary>
/// Puts the credentials on a request, and what Google says only in an error's details where HTTP has it: a key that is not valid answers 400, and the
/// time to wait comes as RetryInfo (https://cloud.google.com/apis/design/errors#error_details).
/// </summary>
internal sealed class GoogleAuthorizationHandler(IOptions<GoogleOptions> options, GoogleAccessTokens tokens) : DelegatingHandler
{
    private const int MaxErrorBytes = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (options.Value.Key is { } key)
        {
            request.Headers.Add("X-Goog-Api-Key", key);
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(cancellationToken));
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
        {
            foreach (var detail in await ReadDetailsAsync(response, cancellationToken))
            {
                Apply(detail, response);
            }
        }

        return response;
    }

    private static void Apply(GoogleError.Detail detail, HttpResponseMessage response)
    {
        if (detail.Reason is "API_KEY_INVALID")
        {
            response.StatusCode = HttpStatusCode.Unauthorized;
        }

        if (detail.RetryDelay is { } delay && response.Headers.RetryAfter is null && GoogleDuration.TryParse(delay, out var seconds))
        {
            response.Headers.TryAddWithoutValidation("Retry-After", seconds.ToString("0.###"));
        }
    }

    private static async Task<IReadOnlyList<GoogleError.Detail>> ReadDetailsAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxErrorBytes, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return JsonSerializer.Deserialize(body, GoogleJsonContext.Default.GoogleError)?.Error?.Details ?? [];
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException)
        {
            // Details are a help, not a part of the answer: the status alone tells enough.
            return [];
        }
    }
}
