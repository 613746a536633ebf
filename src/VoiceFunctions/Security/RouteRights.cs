using System.Collections.Frozen;
using VoiceFunctions.Functions;

namespace VoiceFunctions.Security;

/// <summary>
/// Which right each HTTP function asks of a key. What only tells what there is asks for none; readiness tells of the deployment and calls providers, so it is for
/// those who run it.
/// </summary>
internal static class RouteRights
{
    private static readonly FrozenDictionary<string, AccessRights> Needed = new Dictionary<string, AccessRights>
    {
        [nameof(CancelJob)] = AccessRights.Jobs,
        [nameof(CreateSynthesisJob)] = AccessRights.Jobs | AccessRights.Speak,
        [nameof(CreateTranscriptionJob)] = AccessRights.Jobs | AccessRights.Transcribe,
        [nameof(CreateUpload)] = AccessRights.Jobs,
        [nameof(DetectVoiceIntent)] = AccessRights.Speak,
        [nameof(EstimateSynthesis)] = AccessRights.Speak,
        [nameof(EstimateTranscription)] = AccessRights.Transcribe,
        [nameof(GetJob)] = AccessRights.Jobs,
        [nameof(GetJobResult)] = AccessRights.Jobs,
        [nameof(HealthReady)] = AccessRights.Admin,
        [nameof(ListJobs)] = AccessRights.Jobs,
        [nameof(ListProviders)] = AccessRights.None,
        [nameof(ListVoices)] = AccessRights.None,
        [nameof(ReportUsage)] = AccessRights.Usage,
        [nameof(SynthesizeSpeech)] = AccessRights.Speak,
        [nameof(TranscribeSpeech)] = AccessRights.Transcribe,
        [nameof(ZzUnknownRoute)] = AccessRights.None,
    }.ToFrozenDictionary();

    /// <summary>Whether a function is for everyone, key or not.</summary>
    public static bool IsOpen(string function) => function == nameof(Health);

    /// <exception cref="InvalidOperationException">The function is not in the table, so nobody may call it.</exception>
    public static AccessRights Of(string function) =>
        Needed.TryGetValue(function, out var rights) ? rights : throw new InvalidOperationException($"{function} has no entry in the table of rights.");
}
