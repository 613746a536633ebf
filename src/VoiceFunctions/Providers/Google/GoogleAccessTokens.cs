using System.Net;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.Google;

/// <summary>
/// OAuth 2.0 access tokens of a service account or of the application default credentials. Google.Apis.Auth keeps a token until it runs out, and tries
/// again by itself where the token server is busy.
/// </summary>
internal sealed class GoogleAccessTokens(IOptions<GoogleOptions> options)
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private GoogleCredential? _credential;

    /// <exception cref="ProviderException">There are no credentials, they are of no use, or the token server did not answer.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Two first calls may both load: the file is the same, and the later one wins.
            _credential ??= await LoadAsync(cancellationToken);
            return await ((ITokenAccess)_credential).GetAccessTokenForRequestAsync(cancellationToken: cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new ProviderException(
                GoogleProvider.Name, ProviderFailureKind.Unavailable, $"The token server could not be reached ({exception.HttpRequestError}).", exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw GoogleProvider.Refuse("The token server did not answer in time.", ProviderFailureKind.Timeout);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The cause is named by its type alone, and not kept: a reader of key files may quote the file in its message.
            var kind = exception is TokenResponseException { StatusCode: >= HttpStatusCode.InternalServerError }
                ? ProviderFailureKind.Unavailable
                : ProviderFailureKind.Unauthorized;
            throw GoogleProvider.Refuse($"No access token could be had ({exception.GetType().Name}).", kind);
        }
    }

    private async Task<GoogleCredential> LoadAsync(CancellationToken cancellationToken)
    {
        var credential = options.Value.CredentialsPath is { Length: > 0 } path
            ? (await CredentialFactory.FromFileAsync<ServiceAccountCredential>(path, cancellationToken)).ToGoogleCredential()
            : await GoogleCredential.GetApplicationDefaultAsync(cancellationToken);
        return credential.CreateScoped(Scope);
    }
}
