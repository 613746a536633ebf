using System.Text;
using VoiceFunctions.Audio;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Synthesis;

/// <summary>Holds a request against the limits of the contract and reports everything that is wrong with it at once.</summary>
internal static class SynthesisRequestValidator
{
    /// <summary>Characters (Unicode scalar values) of a short call; the limit of OpenAI's speech endpoint too.</summary>
    public const int MaxText = 4096;

    private const int MaxInstructions = 4096;
    private const int MaxName = 200;
    private const int MinSampleRate = AudioFormats.MinSampleRate;
    private const int MaxSampleRate = AudioFormats.MaxSampleRate;

    /// <exception cref="ProblemException">The request breaks a limit, or asks for what is not there yet.</exception>
    public static void Validate(SynthesisRequest request)
    {
        var errors = new FieldErrors();
        CheckText(request.Text, "text", errors);
        CheckManner(request, errors);
        errors.ThrowIfAny();
        DemandServable(request);
        DemandLength(request.Text!, MaxText, SynthesisRequestReader.TooLarge);
    }

    /// <param name="text">All that is to be spoken.</param>
    /// <param name="field">Where it was given.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static void CheckText(string? text, string field, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            errors.Add(field, "is required and must not be blank.");
        }
        else if (!IsWellFormed(text))
        {
            errors.Add(field, "holds half of a surrogate pair.");
        }
        else if (!text.EnumerateRunes().Any(SpokenText.IsSpoken))
        {
            errors.Add(field, "must have something to say: a letter, a digit or a sign that has a name.");
        }
    }

    /// <summary>Checks everything but the text: how it is to be spoken, and by whom.</summary>
    public static void CheckManner(SynthesisRequest request, FieldErrors errors)
    {
        errors.AddIf(request.Voice is { } voice && (voice.Length is 0 or > MaxName), "voice", $"must have 1 to {MaxName} characters.");
        errors.AddIf(request.Model is { } model && (model.Length is 0 or > MaxName), "model", $"must have 1 to {MaxName} characters.");
        errors.AddIf(request.Instructions?.Length > MaxInstructions, "instructions", $"must have at most {MaxInstructions} characters.");
        errors.AddIf(request.Speed is { } speed && !(speed is >= 0.25f and <= 4), "speed", "must be between 0.25 and 4.");
        errors.CheckLanguage(request.Language);
        errors.CheckProviders(request.Provider, request.Providers);
        errors.AddIf(request.SampleRate is < MinSampleRate or > MaxSampleRate, "sampleRate", $"must be between {MinSampleRate} and {MaxSampleRate} hertz.");
        if (request is { SampleRate: >= MinSampleRate and <= MaxSampleRate and var rate, AudioFormat: { } format })
        {
            errors.AddIf(
                !AudioFormats.Supports(format, rate),
                "sampleRate",
                $"must be one that {request.Format ?? "mp3"} can carry: {string.Join(", ", AudioFormats.SupportedRates(format))}.");
        }
    }

    /// <exception cref="ProblemException">There is no such format, or the request asks for what is not there yet.</exception>
    public static void DemandServable(SynthesisRequest request)
    {
        if (request.AudioFormat is null)
        {
            throw new ProblemException(ProblemKind.UnsupportedFormat, $"format must be one of {string.Join(", ", Enum.GetValues<AudioFormat>().Select(AudioFormats.Name))}.");
        }

        if (request.Stream is true)
        {
            throw new ProblemException(ProblemKind.NotSupported, "stream is not there yet: speech is delivered whole.");
        }
    }

    /// <exception cref="ProblemException">The text has more than <paramref name="max"/> characters.</exception>
    public static void DemandLength(string text, int max, Func<ProblemException> tooLarge)
    {
        if (Length(text) > max)
        {
            throw tooLarge();
        }
    }

    private static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[consumed..];
        }

        return true;
    }
}
