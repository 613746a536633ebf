using Microsoft.Extensions.Options;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Holds the order of providers and the voice profiles against what there is: a name with a typing error would otherwise be passed over without a word.</summary>
internal sealed class FallbackNamesValidator(ProviderCatalog catalog, VoiceProfiles profiles) : IValidateOptions<FallbackOptions>
{
    private const float MinSpeed = 0.25f;
    private const float MaxSpeed = 4;

    public ValidateOptionsResult Validate(string? name, FallbackOptions options)
    {
        var known = string.Join(", ", catalog.All.Select(provider => provider.Name));
        var failures = options.Order
            .Where(provider => catalog.Find(provider) is null)
            .Select(provider => $"{FallbackOptions.Section}:{nameof(options.Order)} names '{provider}', which is not a provider. Known: {known}.")
            .Concat(profiles.All.SelectMany(profile => Check(profile, known)))
            .ToArray();
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> Check(VoiceProfile profile, string known)
    {
        var section = $"{VoiceProfiles.Section}:{profile.Name}";
        if (profile.Gender is not (null or "female" or "male"))
        {
            yield return $"{section}:{nameof(profile.Gender)} must be female or male.";
        }

        foreach (var (provider, entry) in profile.Voices)
        {
            if (catalog.Find(provider) is null)
            {
                yield return $"{section}:{nameof(profile.Voices)} names '{provider}', which is not a provider. Known: {known}.";
            }

            if (string.IsNullOrEmpty(entry.Voice))
            {
                yield return $"{section}:{nameof(profile.Voices)}:{provider}:{nameof(entry.Voice)} is not set.";
            }

            if (entry.Speed is not (>= MinSpeed and <= MaxSpeed))
            {
                yield return $"{section}:{nameof(profile.Voices)}:{provider}:{nameof(entry.Speed)} must be between 0.25 and 4.";
            }
        }
    }
}
