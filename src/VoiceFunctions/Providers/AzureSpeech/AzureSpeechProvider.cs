using Azure.Core;
using Azure.Identity;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>Azure Speech as a provider, over its REST API: the SDK would bring a native library and start slower.</summary>
internal static class AzureSpeechProvider
{
    public const string Name = "azure";

    /// <summary><paramref name="identity"/> takes the place of the managed identity that the options name.</summary>
    public static SpeechProvider Create(AzureSpeechOptions options, IHttpClientFactory clients, TimeProvider time, TokenCredential? identity)
    {
        var recognition = AzureSpeechModels.Recognition(options);
        var provider = new SpeechProvider(Name)
        {
            SynthesisModels = AzureSpeechModels.Synthesis, RecognitionModels = recognition, Concurrency = options.Concurrency,
        };
        if (!options.UseManagedIdentity && string.IsNullOrWhiteSpace(options.Key))
        {
            return provider with { Unconfigured = "AzureSpeech:Key is not set." };
        }

        if (AzureSpeechEndpoints.Of(options) is not { } endpoints)
        {
            return provider with { Unconfigured = "AzureSpeech:Region is not set." };
        }

        var client = clients.CreateClient(Name);
        var authorization = options.UseManagedIdentity
            ? new AzureSpeechAuthorization(null, identity ?? new ManagedIdentityCredential(IdentityOf(options)), options.ResourceId)
            : new AzureSpeechAuthorization(options.Key!.Trim(), null, null);
        return provider with
        {
            // Candidates are in the order of preference.
            Variant = string.Join('\n', [endpoints.Synthesis.AbsoluteUri, endpoints.Transcription.AbsoluteUri, .. options.CandidateLocales]),
            TextToSpeech = new AzureSpeechSynthesis(client, endpoints, authorization, AzureSpeechModels.Synthesis, time),
            SpeechToText = new AzureSpeechRecognition(client, endpoints, authorization, recognition[0], [.. options.CandidateLocales], time),
            Probe = cancellationToken => ProbeAsync(client, endpoints, authorization, time, cancellationToken),
        };
    }

    private static ManagedIdentityId IdentityOf(AzureSpeechOptions options) => string.IsNullOrWhiteSpace(options.ManagedIdentityClientId)
        ? ManagedIdentityId.SystemAssigned
        : ManagedIdentityId.FromUserAssignedClientId(options.ManagedIdentityClientId);

    /// <summary>The list of voices is free and needs valid credentials; its head is enough.</summary>
    private static async Task ProbeAsync(
        HttpClient client, AzureSpeechEndpoints endpoints, AzureSpeechAuthorization authorization, TimeProvider time, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoints.Voices);
        await authorization.ApplyAsync(request, synthesis: true, cancellationToken);
        using var response = await ProviderHttp.SendAsync(client, Name, request, time, cancellationToken);
    }
}
