using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Turns a recognition as the caller asked for it into the targets that can make it, one for each provider that can, in order.</summary>
internal sealed class RecognitionPlanner(ProviderOrder order)
{
    /// <param name="recording">What is to be recognised; <see langword="null"/> when it will be cut to what each target takes.</param>
    /// <param name="options">As the caller gave them.</param>
    /// <exception cref="ProblemException">Nobody can make it; the problem says what stands in the way.</exception>
    public IReadOnlyList<RecognitionTarget> Plan(InspectedAudio? recording, SpeechToTextOptions options)
    {
        var call = options.GetCall();
        var language = options.SpeechLanguage;
        List<RecognitionTarget> targets = [];
        List<Rejection> rejections = [];
        foreach (var provider in order.For(call))
        {
            var considered = provider.RecognitionModels.Select(model => (Model: model, Rejection: Consider(model))).ToArray();
            if (considered.FirstOrDefault(candidate => candidate.Rejection is null) is { Model: { } model })
            {
                targets.Add(new RecognitionTarget(provider, model) { Language = language });
            }
            else if (considered.Length > 0)
            {
                rejections.Add(considered.Max(candidate => candidate.Rejection!.Value));
            }
        }

        return targets.Count > 0 ? targets : throw RejectionProblem.For(rejections, language);

        Rejection? Consider(RecognitionModel model) =>
            options.ModelId is { } wanted && wanted != model.Id ? Rejection.Model
            : call.Diarize && !model.Diarization ? Rejection.Diarization
            : language is not null && !LanguageTag.Covers(model.Languages, language) ? Rejection.Language
            : language is null && model.NeedsLanguage ? Rejection.LanguageUnsaid
            : (call.Timings & ~model.Timings) != TimingKinds.None ? Rejection.Timings
            : recording?.Duration > model.MaxDuration || Bytes(model) > model.MaxBytes ? Rejection.Length
            : null;

        long? Bytes(RecognitionModel model) => recording is not null && model.Containers.Contains(recording.Container) ? recording.Length : recording?.WavLength;
    }
}
