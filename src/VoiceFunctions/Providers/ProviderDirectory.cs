using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Providers;

/// <summary>Tells which providers there are, what they can do and whether they can be used here.</summary>
public sealed class ProviderDirectory(ProviderCatalog catalog)
{
    public IResult Describe() => TypedResults.Json(new ProviderListDocument([.. catalog.All.Select(Describe)]), ApiJson.Default.ProviderListDocument);

    private static ProviderDocument Describe(SpeechProvider provider) => new()
    {
        Name = provider.Name,
        Configured = provider.Unconfigured is null,
        Reason = provider.Unconfigured,
        Concurrency = provider.Concurrency,
        Synthesis = provider.SynthesisModels,
        Recognition = provider.RecognitionModels,
    };
}
