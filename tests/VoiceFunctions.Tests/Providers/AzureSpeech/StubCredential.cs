using Azure.Core;

namespace VoiceFunctions.Tests.Providers.AzureSpeech;

/// <summary>Gives the token, or throws in its place; records the scopes asked for.</summary>
internal sealed class StubCredential(string token, Exception? failure = null) : TokenCredential
{
    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Scopes.AddRange(requestContext.Scopes);
        return failure is null ? new AccessToken(token, DateTimeOffset.MaxValue) : throw failure;
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
