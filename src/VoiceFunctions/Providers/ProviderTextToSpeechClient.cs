using Microsoft.Extensions.AI;

namespace VoiceFunctions.Providers;

/// <summary>The innermost client: hands a call to the adapter of the provider that the call names.</summary>
internal sealed class ProviderTextToSpeechClient(ProviderCatalog catalog) : ITextToSpeechClient
{
    public Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        Adapter(options).GetAudioAsync(text, options, cancellationToken);

    public IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        Adapter(options).GetStreamingAudioAsync(text, options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The adapters belong to the container.
    }

    private ITextToSpeechClient Adapter(TextToSpeechOptions? options) =>
        options.GetCall().Provider is { } name && catalog.Find(name)?.TextToSpeech is { } adapter
            ? adapter
            : throw new InvalidOperationException("The call names no provider that speaks.");
}
