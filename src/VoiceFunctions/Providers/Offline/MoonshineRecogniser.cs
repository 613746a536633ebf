using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using VoiceFunctions.Audio.Segmentation;

namespace VoiceFunctions.Providers.Offline;

/// <summary>
/// Moonshine tiny, English (https://github.com/moonshine-ai/moonshine, MIT), with the voice activity detector that goes before it. Its sessions are shared: calls
/// run side by side, each on one thread, because a second thread gains a single clip nothing.
/// </summary>
internal sealed class MoonshineRecogniser : IDisposable
{
    public const int SampleRate = SileroVad.SampleRate;

    private const int Layers = 6, Heads = 8, HeadSize = 36;

    /// <summary>The encoder fails on fewer than 895 samples.</summary>
    private const int MinSamples = 2048;

    /// <summary>Fast speech peaks at 5.9 tokens a second; the model itself was made for at most 194.</summary>
    private const double MaxTokensPerSecond = 6.5;
    private const int MaxTokens = 194;

    /// <summary>
    /// From this logarithm of its probability on, that there is nothing at all is believed. The recogniser is asked only where the voice activity detector has heard
    /// speech, and of 370 clips of English three came back empty, at 0.35 to 0.43: asked to say something, it finds all five words of one and is unsure of the others.
    /// </summary>
    private static readonly double LeastNothing = Math.Log(0.5);

    private static readonly string[] EncoderInputs = ["input_values"];
    private static readonly string[] EncoderOutputs = ["last_hidden_state"];
    private static readonly string[] DecoderInputs =
    [
        "input_ids", "encoder_hidden_states", "use_cache_branch", .. Names("past_key_values", "decoder"), .. Names("past_key_values", "encoder"),
    ];
    private static readonly string[] FirstOutputs = ["logits", .. Names("present", "decoder"), .. Names("present", "encoder")];
    private static readonly string[] NextOutputs = ["logits", .. Names("present", "decoder")];

    private readonly InferenceSession _encoder;
    private readonly InferenceSession _decoder;
    private readonly MoonshineVocabulary _vocabulary;

    /// <exception cref="OnnxRuntimeException">A file is not the model.</exception>
    /// <exception cref="InvalidDataException">The vocabulary is damaged.</exception>
    public MoonshineRecogniser(RecogniserFiles files)
    {
        try
        {
            VoiceActivity = new SileroVad(files.VoiceActivity);
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            _encoder = new InferenceSession(files.Encoder, options);
            _decoder = new InferenceSession(files.Decoder, options);
            _vocabulary = new MoonshineVocabulary(files.Vocabulary);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public SileroVad VoiceActivity { get; }

    /// <summary>Greedy decoding of one segment at <see cref="SampleRate"/>. Computes on the calling thread.</summary>
    public RecognisedSpeech Recognise(ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        var input = samples.Length >= MinSamples ? MemoryMarshal.AsMemory(samples) : Pad(samples);
        using var run = new RunOptions();
        using var inputValue = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input, [1, input.Length]);
        using var encoded = _encoder.Run(run, EncoderInputs, [inputValue], EncoderOutputs);
        return Decode(encoded[0], Math.Min(MaxTokens, (int)Math.Ceiling(MaxTokensPerSecond * samples.Length / SampleRate)), run, cancellationToken);
    }

    public void Dispose()
    {
        VoiceActivity?.Dispose();
        _encoder?.Dispose();
        _decoder?.Dispose();
    }

    private static float[] Pad(ReadOnlyMemory<float> samples)
    {
        var padded = new float[MinSamples];
        samples.CopyTo(padded);
        return padded;
    }

    private RecognisedSpeech Decode(OrtValue encoded, int limit, RunOptions run, CancellationToken cancellationToken)
    {
        var nextToken = new long[] { MoonshineVocabulary.Begin };
        var useCache = new bool[1];
        using var tokenValue = OrtValue.CreateTensorValueFromMemory(nextToken, [1, 1]);
        using var useCacheValue = OrtValue.CreateTensorValueFromMemory(useCache, [1]);
        using var nothing = OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), [0, Heads, 1, HeadSize]);
        var inputs = new OrtValue[DecoderInputs.Length];
        (inputs[0], inputs[1], inputs[2]) = (tokenValue, encoded, useCacheValue);
        Array.Fill(inputs, nothing, 3, 4 * Layers);

        // The keys and values of the encoder are computed at the first step and kept; those of the decoder are replaced by every step.
        IDisposableReadOnlyCollection<OrtValue>? first = null, last = null;
        var tokens = new List<int>(limit);
        var scratch = ArrayPool<float>.Shared.Rent(MoonshineVocabulary.Size);
        var logProbabilities = new List<double>(limit);
        try
        {
            while (tokens.Count < limit)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var outputs = _decoder.Run(run, DecoderInputs, inputs, first is null ? FirstOutputs : NextOutputs);
                if (last is not null && last != first) last.Dispose();
                last = outputs;
                first ??= outputs;
                for (var index = 0; index < 2 * Layers; index++) inputs[3 + index] = outputs[1 + index];
                if (!useCache[0])
                {
                    for (var index = 2 * Layers; index < 4 * Layers; index++) inputs[3 + index] = outputs[1 + index];
                    useCache[0] = true;
                }

                var logits = outputs[0].GetTensorDataAsSpan<float>()[..MoonshineVocabulary.Size];
                var (token, logProbability) = TokenProbability.Best(logits, scratch);
                if (token == MoonshineVocabulary.End && tokens.Count == 0 && logProbability < LeastNothing)
                {
                    (token, logProbability) = TokenProbability.Best(logits, scratch, except: MoonshineVocabulary.End);
                }

                logProbabilities.Add(logProbability);
                if (token == MoonshineVocabulary.End) break;
                tokens.Add(token);
                nextToken[0] = token;
                if (RepeatedTail.Excess(tokens) is > 0 and var excess)
                {
                    // The model is very sure of its loops, so they must not count for its sureness either.
                    tokens.RemoveRange(tokens.Count - excess, excess);
                    logProbabilities.RemoveRange(tokens.Count, excess);
                    break;
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
            if (last != first) last?.Dispose();
            first?.Dispose();
        }

        return new RecognisedSpeech(_vocabulary.Decode(tokens), logProbabilities.Count, logProbabilities.Sum());
    }

    private static IEnumerable<string> Names(string kind, string part) =>
        Enumerable.Range(0, Layers).SelectMany(layer => new[] { $"{kind}.{layer}.{part}.key", $"{kind}.{layer}.{part}.value" });
}
