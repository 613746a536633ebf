using Microsoft.Extensions.AI;

namespace VoiceFunctions.Providers;

/// <summary>The innermost client: hands a call to the adapter of the provider that the call names.</summary>
internal sealed class ProviderSpeechToTextClient(ProviderCatalog catalog) : ISpeechToTextClient
{
    public Task<SpeechToTextResponse> GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        Adapter(options).GetTextAsync(audioSpeechStream, options, cancellationToken);

    public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        Adapter(options).GetStreamingTextAsync(audioSpeechStream, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The adapters belong to the container.
    }

    private ISpeechToTextClient Adapter(SpeechToTextOptions? options) =>
        options.GetCall().Provider is { } name && catalog.Find(name)?.SpeechToText is { } adapter
            ? adapter
            : throw new InvalidOperationException("The call names no provider that listens.");
}
