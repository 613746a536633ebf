using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>A key must not travel in the clear, except to this machine.</summary>
internal sealed class OpenAIEndpointValidator : IValidateOptions<OpenAIOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenAIOptions options) => (options.Endpoint ?? OpenAIOptions.OwnEndpoint) switch
    {
        { IsAbsoluteUri: true, Scheme: "https" } or { IsAbsoluteUri: true, Scheme: "http", IsLoopback: true } => ValidateOptionsResult.Success,
        { IsAbsoluteUri: true, Scheme: "http" } when string.IsNullOrEmpty(options.ApiKey) => ValidateOptionsResult.Success,
        _ => ValidateOptionsResult.Fail("OpenAI:Endpoint must be an https address, or http on this machine."),
    };
}
