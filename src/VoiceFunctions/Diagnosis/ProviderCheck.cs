using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Diagnosis;

/// <summary>What audio there can be, which providers are configured and, if so asked, whether each speaks: two characters, which the provider bills.</summary>
internal static class ProviderCheck
{
    private const string Area = "providers";
    private const string Text = "Hi";

    public static async IAsyncEnumerable<Finding> RunAsync(IServiceProvider services, bool call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var service in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await service.StartingAsync(cancellationToken);
        }

        yield return Audio(services.GetRequiredService<AudioCapabilities>());
        foreach (var missing in services.GetRequiredService<OfflineInventory>().Missing)
        {
            yield return Finding.Note("offline", missing, "./voice run installs it on Debian");
        }

        var catalog = services.GetRequiredService<ProviderCatalog>();
        foreach (var provider in catalog.All)
        {
            yield return provider.Unconfigured is { } reason ? Finding.Note(Area, $"{provider.Name} is not used: {reason}")
                : call && provider.TextToSpeech is not null ? await CallAsync(services.GetRequiredService<ITextToSpeechClient>(), provider.Name, cancellationToken)
                : Finding.Ok(Area, $"{provider.Name} is configured");
        }

        if (catalog.All.All(provider => provider.Unconfigured is not null))
        {
            yield return Finding.Problem(Area, "no provider can be used", "./voice run installs the offline engines; README.md has the settings of the others");
        }
    }

    private static Finding Audio(AudioCapabilities audio) => audio.CanDecodeCompressed
        ? Finding.Ok("audio", $"ffmpeg reads compressed audio; formats: {string.Join(", ", audio.OutputFormats.Order().Select(AudioFormats.Name))}")
        : Finding.Note("audio", "there is no ffmpeg: only WAV is read, only WAV and PCM are written", "install ffmpeg, or name one by Audio__FfmpegPath");

    private static async Task<Finding> CallAsync(ITextToSpeechClient client, string provider, CancellationToken cancellationToken)
    {
        var call = new SpeechCall { Provider = provider, Cache = CacheMode.Bypass };
        try
        {
            var outcome = (await client.GetAudioAsync(Text, new TextToSpeechOptions { AudioFormat = "wav" }.WithCall(call), cancellationToken)).GetOutcome();
            var cost = outcome.CostUsd is { } dollars ? string.Create(CultureInfo.InvariantCulture, $"{dollars} US dollars") : "a price that is not known";
            return Finding.Ok(Area, $"{provider} spoke with {outcome.Model} in {outcome.Attempts.Sum(attempt => attempt.Elapsed):N1} s for {cost}");
        }
        catch (Exception exception) when (exception is ProviderException or ProblemException or PlanExhaustedException)
        {
            return Finding.Problem(Area, $"{provider} does not speak: {exception.Message}", "look at its key, its region and your network; README.md has its settings");
        }
    }
}
