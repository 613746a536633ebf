using Microsoft.AspNetCore.Http;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Discovery;

/// <summary>Tells which voice profiles there are and who speaks them.</summary>
public sealed class VoiceDirectory(VoiceProfiles profiles, ProviderCatalog catalog)
{
    public IResult Describe() => TypedResults.Json(new VoiceListDocument([.. profiles.All.Select(Describe)]), ApiJson.Wire.VoiceListDocument);

    private VoiceDocument Describe(VoiceProfile profile)
    {
        var choice = VoiceChoice.Parse(profile.Name, profiles, catalog);
        return new VoiceDocument
        {
            Name = profile.Name,
            Language = profile.Language,
            Gender = profile.Gender,
            Style = profile.Style,
            Providers = [.. catalog.All.Where(provider => provider.Unconfigured is null).Select(Map).OfType<VoiceMapping>()],
        };

        VoiceMapping? Map(SpeechProvider provider) => choice.Models(provider, profile.Language)
            .Select(model => choice.Pick(provider, model, profile.Language) is { } voice ? new VoiceMapping(provider.Name, model.Id, voice.Id) : null)
            .FirstOrDefault(mapping => mapping is not null);
    }
}
