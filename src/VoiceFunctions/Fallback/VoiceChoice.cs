using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>What a caller's <c>voice</c> means: a profile, or one voice of one provider.</summary>
internal sealed record VoiceChoice
{
    /// <summary>What <see cref="Pick"/> takes a Latin text to be whose language nobody named.</summary>
    private const string DefaultLanguage = "en";

    private VoiceChoice(VoiceProfile? profile, string? provider, string? voiceId)
    {
        Profile = profile;
        Provider = provider;
        VoiceId = voiceId;
    }

    public VoiceProfile? Profile { get; }

    /// <summary>The only provider that has the voice; <see langword="null"/> for a profile.</summary>
    public string? Provider { get; }

    public string? VoiceId { get; }

    /// <exception cref="ProblemException">The name is neither a profile nor <c>provider:voice</c>.</exception>
    public static VoiceChoice Parse(string? voice, VoiceProfiles profiles, ProviderCatalog catalog)
    {
        if (profiles.Find(voice ?? VoiceProfiles.Default) is { } profile)
        {
            return new VoiceChoice(profile, provider: null, voiceId: null);
        }

        return voice!.Split(':', 2) is [var provider, { Length: > 0 } id] && catalog.Find(provider) is { } known
            ? new VoiceChoice(profile: null, known.Name, id)
            : throw ProblemException.InvalidField("voice", "is neither a voice profile nor 'provider:voice'. GET /api/voices lists the profiles.");
    }

    /// <summary>The voice that speaks this choice with one model, or <see langword="null"/> when the model has none.</summary>
    public ProviderVoice? Pick(SpeechProvider provider, SynthesisModel model, string? language)
    {
        if (VoiceId is { } id)
        {
            return model.Voices.FirstOrDefault(voice => string.Equals(voice.Id, id, StringComparison.OrdinalIgnoreCase));
        }

        var wanted = language ?? DefaultLanguage;
        // The first tag of a voice is what it is made for; the order is stable, so voices alike in that stay in the provider's order.
        var speakers = model.Voices.Where(voice => LanguageTag.Covers(voice.Languages, wanted))
            .OrderBy(voice => voice.Languages.Count == 0 ? 0 : LanguageTag.Distance(voice.Languages[0], wanted))
            .ToArray();
        return EntryFor(provider, model) is { } entry && speakers.FirstOrDefault(voice => voice.Id == entry.Voice) is { } named
            ? named
            : speakers.FirstOrDefault(voice => Profile?.Gender is null || voice.Gender == Profile.Gender) ?? speakers.FirstOrDefault();
    }

    public VoiceProfileEntry? EntryFor(SpeechProvider provider, SynthesisModel model) =>
        Profile is not null && Profile.Voices.TryGetValue(provider.Name, out var entry) && (entry.Model is null || entry.Model == model.Id) ? entry : null;
}
