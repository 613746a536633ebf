using Azure.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.AzureSpeech;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Tests.Providers.AzureSpeech;

/// <summary>The provider as the app registers it, against a loopback server.</summary>
internal sealed class AzureSpeechBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public AzureSpeechBench(Uri? endpoint = null, TokenCredential? credential = null, params (string Name, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["AzureSpeech:Key"] = Server.Key, ["AzureSpeech:Endpoint"] = (endpoint ?? Server.Endpoint).AbsoluteUri })
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Time)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddFakeLogging())
            .AddAzureSpeech();
        if (credential is not null)
        {
            services.AddSingleton(credential);
        }

        _services = services.BuildServiceProvider();
    }

    public LoopbackAzureSpeech Server { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    /// <summary>All that was logged, down to traces.</summary>
    public FakeLogCollector Logs => _services.GetFakeLogCollector();

    public SpeechProvider Provider => _services.GetRequiredService<SpeechProvider>();

    public ITextToSpeechClient Speech => Provider.TextToSpeech!;

    public ISpeechToTextClient Recognition => Provider.SpeechToText!;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}
