using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>OpenAI as a provider: the official client with its retries and time-outs off, for this app has its own.</summary>
internal static class OpenAIProvider
{
    public const string Name = "openai";

    public static SpeechProvider Create(OpenAIOptions options, IHttpClientFactory clients, TimeProvider time)
    {
        var synthesis = OpenAIModels.OfSynthesis(options);
        var recognition = OpenAIModels.OfRecognition(options);
        var provider = new SpeechProvider(Name) { SynthesisModels = synthesis, RecognitionModels = recognition, Concurrency = options.Concurrency, Variant = $"{options.Endpoint}" };
        if (string.IsNullOrWhiteSpace(options.ApiKey))
        {
            return provider with { Unconfigured = "OpenAI:ApiKey is not set." };
        }

        var client = new OpenAIClient(new ApiKeyCredential(options.ApiKey.Trim()), new OpenAIClientOptions
        {
            Endpoint = options.Endpoint ?? OpenAIOptions.OwnEndpoint,
            OrganizationId = string.IsNullOrWhiteSpace(options.Organization) ? null : options.Organization,
            ProjectId = string.IsNullOrWhiteSpace(options.Project) ? null : options.Project,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            Transport = new HttpClientPipelineTransport(clients.CreateClient(Name)),
        });
        return provider with
        {
            TextToSpeech = new OpenAISpeech(client, synthesis, time),
            SpeechToText = new OpenAIRecognition(client, recognition, time),
            Probe = cancellationToken => ProbeAsync(client, time, cancellationToken),
        };
    }

    /// <summary><c>GET /models</c> is not billed and needs a valid key.</summary>
    private static async Task ProbeAsync(OpenAIClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await client.GetOpenAIModelClient().GetModelsAsync(new RequestOptions { CancellationToken = cancellationToken });
        }
        catch (Exception exception) when (OpenAIFailure.Is(exception))
        {
            throw OpenAIFailure.Of(exception, time);
        }
    }
}
