using System.Text.Json;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Discovery;

/// <summary>Tells which providers there are, what they can do, whether they can be used here and how they have been doing.</summary>
public sealed class ProviderDirectory
{
    private readonly ProviderCatalog _catalog;
    private readonly ProviderPipelines _pipelines;

    internal ProviderDirectory(ProviderCatalog catalog, ProviderPipelines pipelines) => (_catalog, _pipelines) = (catalog, pipelines);

    public IResult Describe() => TypedResults.Json(new ProviderListDocument([.. _catalog.All.Select(Describe)]), ApiJson.Wire.ProviderListDocument);

    private ProviderDocument Describe(SpeechProvider provider) => new()
    {
        Name = provider.Name,
        Configured = provider.Unconfigured is null,
        Reason = provider.Unconfigured,
        Concurrency = provider.Concurrency,
        Synthesis = Describe(provider.SynthesisModels, _pipelines.For(provider.Name, SpeechOperation.Synthesis)),
        Recognition = Describe(provider.RecognitionModels, _pipelines.For(provider.Name, SpeechOperation.Recognition)),
    };

    private static OperationDocument<TModel> Describe<TModel>(IReadOnlyList<TModel> models, ProviderPipeline pipeline) =>
        new(models, JsonNamingPolicy.SnakeCaseLower.ConvertName(pipeline.Circuit.ToString()), pipeline.Traffic);
}
