using System.Net.Http.Headers;
using Azure;
using Azure.Core;
using Azure.Identity;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>Puts the key or a token into a request. The credential keeps tokens until they expire.</summary>
internal sealed class AzureSpeechAuthorization(string? key, TokenCredential? credential, string? resourceId)
{
    private static readonly TokenRequestContext Scope = new(["https://cognitiveservices.azure.com/.default"]);

    /// <exception cref="ProviderException">The identity got no token.</exception>
    public async Task ApplyAsync(HttpRequestMessage request, bool synthesis, CancellationToken cancellationToken)
    {
        if (credential is null)
        {
            request.Headers.Add("Ocp-Apim-Subscription-Key", key);
            return;
        }

        try
        {
            var token = (await credential.GetTokenAsync(Scope, cancellationToken)).Token;
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer", synthesis && !string.IsNullOrEmpty(resourceId) ? $"aad#{resourceId}#{token}" : token);
        }
        catch (AuthenticationFailedException)
        {
            // What the identity endpoint said may quote the request, so it goes no further.
            throw new ProviderException(AzureSpeechProvider.Name, ProviderFailureKind.Unauthorized, "The managed identity got no token.");
        }
        catch (RequestFailedException)
        {
            throw new ProviderException(AzureSpeechProvider.Name, ProviderFailureKind.Unavailable, "The identity endpoint did not answer.");
        }
    }
}
