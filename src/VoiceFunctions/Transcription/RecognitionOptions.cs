using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;
using VoiceFunctions.Security;

namespace VoiceFunctions.Transcription;

/// <summary>A request as the speech port takes it.</summary>
internal static class RecognitionOptions
{
    /// <param name="request">The parameters.</param>
    /// <param name="timings">Those that the caller cannot do without.</param>
    /// <param name="caller">Whose call it is.</param>
    /// <param name="deadline">When the caller must have its answer.</param>
    public static SpeechToTextOptions Of(TranscriptionRequest request, TimingKinds timings, Caller caller, DateTimeOffset? deadline) =>
        new SpeechToTextOptions { ModelId = request.Model, SpeechLanguage = request.Language }.WithCall(new SpeechCall
        {
            Tenant = caller.Tenant,
            KeyName = caller.KeyName,
            MonthlyBudgetUsd = caller.MonthlyBudgetUsd,
            Deadline = deadline,
            Provider = request.Provider,
            Providers = request.Providers,
            Cache = request.Cache,
            Prompt = request.Prompt,
            Timings = timings,
            Diarize = request.Diarize,
        });
}
