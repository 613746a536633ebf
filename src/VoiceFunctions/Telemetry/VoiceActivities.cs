using System.Diagnostics;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Telemetry;

/// <summary>
/// The one activity source of the app, and the spans that a call is made of: <c>voice.synthesis</c> or <c>voice.transcription</c> → <c>voice.fallback</c> → <c>voice.cache</c> for each
/// target → <c>voice.attempt</c> → the provider's HTTP request.
/// </summary>
internal static class VoiceActivities
{
    private const string Attempt = "voice.attempt";

    public static ActivitySource Source { get; } = new(VoiceMeter.Name);

    /// <summary>A call, from the meter down.</summary>
    public static Activity? StartCall(SpeechOperation operation) =>
        Source.StartActivity(operation == SpeechOperation.Synthesis ? "voice.synthesis" : "voice.transcription");

    /// <summary>A walk through a plan.</summary>
    public static Activity? StartFallback(int targets) => Source.StartActivity("voice.fallback")?.SetTag(TagNames.Targets, targets);

    /// <summary>One target: what is stored for it, or the making of it.</summary>
    public static Activity? StartCache(string? provider, string? model) => Start("voice.cache", provider, model);

    public static Activity? StartAttempt(string provider, string model) => Start(Attempt, provider, model);

    /// <summary>Whether this is a part of asking a provider. Of HTTP requests only such are traced: the addresses of storage have tenants in them.</summary>
    public static bool IsWithinAttempt(Activity? activity)
    {
        while (activity is not null && activity.OperationName != Attempt) activity = activity.Parent;
        return activity is not null;
    }

    private static Activity? Start(string name, string? provider, string? model) =>
        Source.StartActivity(name)?.SetTag(TagNames.Provider, provider).SetTag(TagNames.Model, model);

    /// <summary>Notes how something ended; anything but <c>ok</c> is an error.</summary>
    public static void End(this Activity? activity, string outcome)
    {
        activity?.SetTag(TagNames.Outcome, outcome);
        if (outcome != "ok") activity?.SetStatus(ActivityStatusCode.Error);
    }
}
