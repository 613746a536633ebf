using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>What one setting demands of another.</summary>
internal sealed class AzureSpeechCredentialsValidator : IValidateOptions<AzureSpeechOptions>
{
    public ValidateOptionsResult Validate(string? name, AzureSpeechOptions options)
    {
        // A key or a token must not travel in the clear, except to this machine.
        if (options.Endpoint is { } endpoint && endpoint is not ({ IsAbsoluteUri: true, Scheme: "https" } or { IsAbsoluteUri: true, Scheme: "http", IsLoopback: true }))
        {
            return ValidateOptionsResult.Fail("AzureSpeech:Endpoint must be an https address, or http on this machine.");
        }

        return options is { UseManagedIdentity: true, Endpoint: null }
            ? ValidateOptionsResult.Fail("AzureSpeech:UseManagedIdentity needs AzureSpeech:Endpoint, the resource's own domain: a region's shared address takes keys only.")
            : ValidateOptionsResult.Success;
    }
}
