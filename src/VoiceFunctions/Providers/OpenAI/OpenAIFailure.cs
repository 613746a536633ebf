using System.ClientModel;

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
            return ProviderHttp.Failure(
                OpenAIProvider.Name, refused.Status, name => headers is not null && headers.TryGetValue(name, out var value) ? value : null, time);
        }

        var cause = exception is ClientResultException { InnerException: { } inner } ? inner : exception;
        return cause is HttpRequestException { HttpRequestError: not HttpRequestError.ResponseEnded and var error }
            ? new ProviderException(OpenAIProvider.Name, ProviderFailureKind.Unavailable, $"The connection failed ({error}).", cause)
            : new ProviderException(OpenAIProvider.Name, ProviderFailureKind.Unavailable, "The connection broke in the middle of the answer.", cause);
    }

    public static ProviderException BadResult(string message, Exception? cause = null) =>
        new(OpenAIProvider.Name, ProviderFailureKind.BadResult, message, cause);
}
