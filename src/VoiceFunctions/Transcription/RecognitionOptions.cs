using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Transcription;

/// <summary>A request as the speech port takes it.</summary>
internal static class RecognitionOptions
{
    /// <param name="request">The parameters.</param>
    /// <param name="timings">Those that the caller cannot do without.</param>
    /// <param name="tenant">Whose call it is.</param>
    /// <param name="keyName">The name of the caller's key.</param>
    /// <param name="deadline">When the caller must have its answer.</param>
    public static SpeechToTextOptions Of(TranscriptionRequest request, TimingKinds timings, string tenant, string? keyName, DateTimeOffset? deadline) =>
        new SpeechToTextOptions { ModelId = request.Model, SpeechLanguage = request.Language }.WithCall(new SpeechCall
        {
            Tenant = tenant,
            KeyName = keyName,
            Deadline = deadline,
            Provider = request.Provider,
            Providers = request.Providers,
            Cache = request.Cache,
            Prompt = request.Prompt,
            Timings = timings,
            Diarize = request.Diarize,
        });
}
