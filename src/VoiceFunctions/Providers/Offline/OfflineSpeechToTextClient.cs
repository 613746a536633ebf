using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Recognises English on this machine: Silero finds the speech, Moonshine tiny writes it down.</summary>
/// <remarks>
/// Speech in another language, and much that is hardly audible, becomes fluent invented English; the probability of its tokens gives it away. When the whole of
/// the audio is like that, the call fails as not recognised. A single such segment among good ones keeps its times and its low confidence but has no text: what
/// was said is not made up, and that something was said is not hidden.
/// </remarks>
internal sealed class OfflineSpeechToTextClient(AudioDecoder decoder, MoonshineTranscriber transcriber, OfflineCapacity capacity) : ISpeechToTextClient
{
    /// <summary>Mean log probability of the tokens: English has about -0.10 (5th percentile -0.25), Spanish -0.85 and Russian -1.31. Measured.</summary>
    private const double LeastMean = -0.5;

    /// <summary>So much speech in which not one word is found is not taken for silence. Seconds.</summary>
    private const double UnheardSpeech = 1;

    /// <inheritdoc/>
    /// <exception cref="ProviderException">The request cannot be served, the queue is full, the engine failed, or it cannot make out the speech.</exception>
    /// <exception cref="AudioException">The stream holds no audio that can be decoded.</exception>
    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(audioSpeechStream);
        Check(options);
        Transcript transcript;
        using (await capacity.EnterAsync(cancellationToken))
        {
            transcript = await TranscribeAsync(audioSpeechStream, cancellationToken);
        }

        return Answer(transcript);
    }

    /// <summary>The whole of <see cref="GetTextAsync"/> as one update: whether the audio is English at all shows at its end.</summary>
    public IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetTextAsync(audioSpeechStream, options, token), cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(SpeechToTextClientMetadata)
            ? new SpeechToTextClientMetadata(OfflineProvider.Name, defaultModelId: OfflineProvider.Moonshine)
        : serviceKey is null && serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // The engines belong to the provider and outlive a client.
    }

    private static void Check(SpeechToTextOptions? options)
    {
        var call = options.GetCall();
        if (options?.SpeechLanguage is { Length: > 0 } language && !IsEnglish(language))
        {
            throw Fail(ProviderFailureKind.UnsupportedLanguage, $"Offline recognition knows English, not '{language}'.");
        }

        if (options?.ModelId is { } model && model != OfflineProvider.Moonshine) throw Invalid($"There is no model '{model}'.");
        if (options?.TextLanguage is { Length: > 0 } target && !IsEnglish(target)) throw Invalid("Offline recognition does not translate.");
        if (call.Timings.HasFlag(TimingKinds.Word)) throw Invalid("Offline recognition measures no word timings.");
        if (call.Diarize) throw Invalid("Offline recognition does not tell speakers apart.");
    }

    private async Task<Transcript> TranscribeAsync(Stream audio, CancellationToken cancellationToken)
    {
        try
        {
            return await transcriber.TranscribeAsync(decoder.DecodeAsync(audio, MoonshineRecogniser.SampleRate, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is not (ProviderException or AudioException or OperationCanceledException))
        {
            throw Fail(ProviderFailureKind.Unavailable, "The recognition engine failed.", exception);
        }
    }

    private static SpeechToTextResponse Answer(Transcript transcript)
    {
        var (tokens, logProbability, speech) = (0, 0.0, 0.0);
        var (kept, keptLogProbability) = (0, 0.0);
        var segments = new List<SpeechSegment>(transcript.Segments.Count);
        foreach (var (span, heard) in transcript.Segments)
        {
            speech += Seconds(span.Length);

            // The recogniser is sure that there is nothing: a noise that passed for a voice.
            var sure = heard.Mean >= LeastMean;
            if (heard.Text.Length == 0 && sure) continue;
            tokens += heard.Tokens;
            logProbability += heard.LogProbability;
            if (sure) (kept, keptLogProbability) = (kept + heard.Tokens, keptLogProbability + heard.LogProbability);
            segments.Add(new SpeechSegment(Seconds(span.Start), Seconds(span.End), sure ? heard.Text : "") { Confidence = Math.Exp(heard.Mean) });
        }

        if (tokens > 0 ? kept == 0 || logProbability / tokens < LeastMean : speech >= UnheardSpeech)
        {
            throw Fail(ProviderFailureKind.NotRecognised, "There is speech in the audio that cannot be made out as English.");
        }

        var text = string.Join(' ', segments.Where(segment => segment.Text.Length > 0).Select(segment => segment.Text));
        var response = new SpeechToTextResponse(text) { ModelId = OfflineProvider.Moonshine, StartTime = TimeSpan.Zero, EndTime = TimeSpan.FromSeconds(transcript.Seconds) };
        return response.WithOutcome(new SpeechOutcome
        {
            Provider = OfflineProvider.Name,
            Model = OfflineProvider.Moonshine,
            Duration = transcript.Seconds,
            Language = "en",
            Confidence = kept > 0 ? Math.Exp(keptLogProbability / kept) : null,
            Segments = segments,
            Units = new BilledUnits((decimal)transcript.Seconds, BillingUnit.Seconds),
            CostUsd = 0,
        });
    }

    private static double Seconds(long samples) => (double)samples / MoonshineRecogniser.SampleRate;

    private static bool IsEnglish(string language) => language.Split('-', 2)[0].Equals("en", StringComparison.OrdinalIgnoreCase);

    private static ProviderException Invalid(string message) => Fail(ProviderFailureKind.InvalidRequest, message);

    private static ProviderException Fail(ProviderFailureKind kind, string message, Exception? inner = null) => new(OfflineProvider.Name, kind, message, inner);
}
