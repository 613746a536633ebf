using System.ClientModel;
using System.Text.Json;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>What an exception of the OpenAI client means.</summary>
internal static class OpenAIFailure
{
    /// <summary>Whether the exception is a failure of the provider; a cancelled call is not, nor is a defect of this app.</summary>
    public static bool Is(Exception exception) => exception is ClientResultException or HttpRequestException or IOException;

    public static ProviderException Of(Exception exception, TimeProvider time)
    {
        // The client's own exception quotes the body of the answer, and gateways echo keys in it: it must not become an inner exception.
        if (exception is ClientResultException { Status: > 0 } refused)
        {
            var headers = refused.GetRawResponse()?.Headers;
            if (refused.Status == 429 && IsOutOfFunds(refused))
            {
                return new ProviderException(OpenAIProvider.Name, ProviderFailureKind.Unauthorized, "The account is out of funds.");
            }

            return ProviderHttp.Failure(
                OpenAIProvider.Name, refused.Status, name => headers is not null && headers.TryGetValue(name, out var value) ? value : null, time);
        }

        var cause = exception is ClientResultException { InnerException: { } inner } ? inner : exception;
        return cause is HttpRequestException { HttpRequestError: not HttpRequestError.ResponseEnded and var error }
            ? new ProviderException(OpenAIProvider.Name, ProviderFailureKind.Unavailable, $"The connection failed ({error}).", cause)
            : new ProviderException(OpenAIProvider.Name, ProviderFailureKind.Unavailable, "The connection broke in the middle of the answer.", cause);
    }

    /// <summary>An account without funds answers 429 too, and waiting does not help it (https://platform.openai.com/docs/guides/error-codes).</summary>
    private static bool IsOutOfFunds(ClientResultException refused)
    {
        try
        {
            using var json = JsonDocument.Parse(refused.GetRawResponse()?.Content ?? BinaryData.Empty);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object
                && error.TryGetProperty("code", out var code) && code.ValueKind is JsonValueKind.String && code.ValueEquals("insufficient_quota");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static ProviderException BadResult(string message, Exception? cause = null) =>
        new(OpenAIProvider.Name, ProviderFailureKind.BadResult, message, cause);
}
