using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;

namespace VoiceFunctions.Fallback;

/// <summary>
/// The voices that a caller can name without naming a provider: the profiles of the section <c>VoiceProfiles</c>, the built-in ones that it does not
/// replace, and OpenAI's voice names, which much client code has written into it.
/// </summary>
public sealed class VoiceProfiles
{
    public const string Section = "VoiceProfiles";
    public const string Default = "default";

    /// <summary>OpenAI's voices (OpenAI API reference, audio/speech, 2026-08) and how they sound, for the providers that have to stand in.</summary>
    private static readonly (string Name, string Gender)[] OpenAIVoices =
    [
        ("alloy", "female"), ("ash", "male"), ("ballad", "male"), ("cedar", "male"), ("coral", "female"), ("echo", "male"), ("fable", "male"),
        ("marin", "female"), ("nova", "female"), ("onyx", "male"), ("sage", "female"), ("shimmer", "female"), ("verse", "male"),
    ];

    private readonly FrozenDictionary<string, VoiceProfile> _profiles;

    public VoiceProfiles(IConfiguration configuration)
    {
        var all = BuiltIn().Concat(OpenAIVoices.Select(OpenAI)).ToDictionary(profile => profile.Name, StringComparer.OrdinalIgnoreCase);
        // Without the option a value that does not convert is left out in silence, because it stands in a dictionary.
        var configured = configuration.GetSection(Section).Get<Dictionary<string, VoiceProfileOptions>>(binder => binder.ErrorOnUnknownConfiguration = true) ?? [];
        foreach (var (name, options) in configured)
        {
            all[name] = new VoiceProfile(name)
            {
                Language = options.Language,
                Gender = options.Gender,
                Style = options.Style,
                Voices = options.Voices.AsReadOnly(),
            };
        }

        _profiles = all.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public IEnumerable<VoiceProfile> All => _profiles.Values.OrderBy(profile => profile.Name, StringComparer.Ordinal);

    public VoiceProfile? Find(string name) => _profiles.GetValueOrDefault(name);

    private static IEnumerable<VoiceProfile> BuiltIn() =>
    [
        Profile(Default, "female", style: null, ("openai", "nova"), ("azure", "en-US-AvaMultilingualNeural"), ("offline", "slt")),
        Profile("narrator", "male", "Speak calmly and evenly, as for an audiobook.", ("openai", "onyx"), ("azure", "en-US-AndrewMultilingualNeural"), ("offline", "rms")),
        Profile("assistant", "female", "Speak in a friendly and brisk way.", ("openai", "coral"), ("azure", "en-US-AvaMultilingualNeural"), ("offline", "slt")),
    ];

    private static VoiceProfile Profile(string name, string gender, string? style, params (string Provider, string Voice)[] voices) => new(name)
    {
        Gender = gender,
        Style = style,
        Voices = voices.ToDictionary(voice => voice.Provider, voice => new VoiceProfileEntry { Voice = voice.Voice }, StringComparer.OrdinalIgnoreCase),
    };

    private static VoiceProfile OpenAI((string Name, string Gender) voice) => Profile(voice.Name, voice.Gender, style: null, ("openai", voice.Name));
}
