using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>The four providers that are called over the network, each on 127.0.0.1, and the settings that point the app at them.</summary>
internal sealed class ProviderServers : IAsyncDisposable
{
    public LoopbackOpenAI OpenAI { get; } = new();

    public LoopbackAzureSpeech Azure { get; } = new();

    public LoopbackGoogle Google { get; } = new();

    public LoopbackYandex Yandex { get; } = new();

    public static IReadOnlyList<string> Names { get; } = ["openai", "azure", "google", "yandex"];

    /// <summary>Calls that came in at all of them, by name.</summary>
    public IReadOnlyDictionary<string, int> Counts => Names.ToDictionary(name => name, name => this[name].Count);

    public (string Name, string? Value)[] Settings =>
    [
        ("OpenAI__ApiKey", OpenAI.ApiKey), ("OpenAI__Endpoint", OpenAI.Root.AbsoluteUri),
        ("AzureSpeech__Key", Azure.Key), ("AzureSpeech__Endpoint", Azure.Endpoint.AbsoluteUri),
        ("Google__ApiKey", LoopbackGoogle.ApiKey), ("Google__SynthesisEndpoint", Google.Endpoint.AbsoluteUri),
        ("Google__RecognitionEndpoint", Google.Endpoint.AbsoluteUri),
        ("Yandex__ApiKey", LoopbackYandex.ApiKey), ("Yandex__SynthesisEndpoint", Yandex.Endpoint.AbsoluteUri),
        ("Yandex__RecognitionEndpoint", Yandex.Endpoint.AbsoluteUri),
    ];

    public LoopbackProvider this[string name] => name switch
    {
        "openai" => OpenAI,
        "azure" => Azure,
        "google" => Google,
        "yandex" => Yandex,
        _ => throw new ArgumentException($"There is no loopback of {name}.", nameof(name)),
    };

    /// <summary>What each of them hears in any recording.</summary>
    public static string Heard(string provider) => provider switch
    {
        "openai" => "Hello from the loopback.",
        "azure" => "Hello there. General.",
        "google" => "hello world",
        _ => "привет мир",
    };

    public async ValueTask DisposeAsync()
    {
        await OpenAI.DisposeAsync();
        await Azure.DisposeAsync();
        await Google.DisposeAsync();
        await Yandex.DisposeAsync();
    }
}
