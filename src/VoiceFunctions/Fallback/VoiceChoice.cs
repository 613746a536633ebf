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

        if (voice!.Split(':', 2) is not [var provider, { Length: > 0 } id] || catalog.Find(provider) is not { } known)
        {
            throw ProblemException.InvalidField("voice", "is neither a voice profile nor 'provider:voice'. GET /api/voices lists the profiles.");
        }

        return known.Unconfigured is { } why
            ? throw ProblemException.InvalidField("voice", $"is one of '{known.Name}', which is not configured here. {why}")
            : new VoiceChoice(profile: null, known.Name, id);
    }

    /// <summary>The provider's models in the order to try them: those first whose voice the profile names.</summary>
    public IEnumerable<SynthesisModel> Models(SpeechProvider provider, string? language)
    {
        return provider.SynthesisModels.Count < 2 || Profile?.Voices.ContainsKey(provider.Name) is not true
            ? provider.SynthesisModels
            : provider.SynthesisModels.Where(HasNamed).Concat(provider.SynthesisModels.Where(model => !HasNamed(model)));

        bool HasNamed(SynthesisModel model) => EntryFor(provider, model) is { } entry && Closest(model, language ?? DefaultLanguage, entry.Voice) is not null;
    }

    /// <summary>Whether the model has the voice, be it in the right language or not; a profile is anywhere.</summary>
    public bool IsAt(SpeechProvider provider, SynthesisModel model) => VoiceId is not { } id || (Provider == provider.Name && model.Voices.Any(voice => Is(voice, id)));

    /// <summary>The voice that speaks this choice with one model, or <see langword="null"/> when the model has none.</summary>
    public ProviderVoice? Pick(SpeechProvider provider, SynthesisModel model, string? language)
    {
        if (VoiceId is { } id)
        {
            return model.Voices.FirstOrDefault(voice => Is(voice, id) && (language is null || LanguageTag.Covers(voice.Languages, language)));
        }

        var wanted = language ?? DefaultLanguage;
        return (EntryFor(provider, model) is { } entry ? Closest(model, wanted, entry.Voice) : null)
            ?? (Profile?.Gender is { } gender ? Closest(model, wanted, gender: gender) : null)
            ?? Closest(model, wanted);
    }

    public VoiceProfileEntry? EntryFor(SpeechProvider provider, SynthesisModel model) =>
        Profile is not null && Profile.Voices.TryGetValue(provider.Name, out var entry) && (entry.Model is null || entry.Model == model.Id) ? entry : null;

    /// <summary>The first tag of a voice is what it is made for. Of voices alike in that it is the first in the provider's order.</summary>
    private static ProviderVoice? Closest(SynthesisModel model, string wanted, string? id = null, string? gender = null)
    {
        var (closest, least) = (default(ProviderVoice), int.MaxValue);
        foreach (var voice in model.Voices)
        {
            if ((id is null || Is(voice, id))
                && (gender is null || string.Equals(voice.Gender, gender, StringComparison.OrdinalIgnoreCase))
                && LanguageTag.Covers(voice.Languages, wanted)
                && (voice.Languages.Count == 0 ? 0 : LanguageTag.Distance(voice.Languages[0], wanted)) is var distance && distance < least)
            {
                (closest, least) = (voice, distance);
                if (least == 0)
                {
                    break;
                }
            }
        }

        return closest;
    }

    private static bool Is(ProviderVoice voice, string id) => string.Equals(voice.Id, id, StringComparison.OrdinalIgnoreCase);
}
