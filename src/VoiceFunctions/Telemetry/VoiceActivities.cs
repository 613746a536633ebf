using System.Diagnostics;

namespace VoiceFunctions.Telemetry;

/// <summary>The one activity source of the app.</summary>
internal static class VoiceActivities
{
    public static ActivitySource Source { get; } = new(VoiceMeter.Name);
}
