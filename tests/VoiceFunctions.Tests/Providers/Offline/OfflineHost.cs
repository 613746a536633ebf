using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Tests.Providers.Offline;

/// <summary>The offline provider with the real engines of this machine; fails loudly where a model is missing.</summary>
public sealed class OfflineHost : IDisposable
{
    private readonly ServiceProvider _services;

    public OfflineHost()
        : this([])
    {
    }

    internal OfflineHost(Dictionary<string, string?> settings, TimeProvider? timeProvider = null, bool complete = true)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging();
        services.AddSingleton(timeProvider ?? TimeProvider.System);
        services.AddAudio();
        services.AddOffline();
        _services = services.BuildServiceProvider();
        Provider = _services.GetRequiredService<SpeechProvider>();
        var missing = _services.GetRequiredService<OfflineInventory>().Missing;
        if (complete && missing.Count > 0) throw new InvalidOperationException("The tests need every offline engine. " + string.Join(' ', missing));
    }

    public SpeechProvider Provider { get; }

    public ITextToSpeechClient Speaker => Provider.TextToSpeech!;

    public ISpeechToTextClient Listener => Provider.SpeechToText!;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<PcmAudio> SpeakAsync(string text, TextToSpeechOptions? options = null) =>
        Wav.Parse((await Speaker.GetAudioAsync(text, options, TestContext.Current.CancellationToken)).GetAudio());

    public async Task<SpeechToTextResponse> ListenAsync(PcmAudio audio, SpeechToTextOptions? options = null)
    {
        using var stream = new MemoryStream(Wav.Write(audio));
        return await Listener.GetTextAsync(stream, options, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _services.Dispose();
}
