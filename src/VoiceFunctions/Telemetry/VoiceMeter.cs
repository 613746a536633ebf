using System.Diagnostics.Metrics;

namespace VoiceFunctions.Telemetry;

/// <summary>The one meter of the app; the factory gives every caller the same.</summary>
internal static class VoiceMeter
{
    public const string Name = "VoiceFunctions";

    public static Meter CreateVoiceMeter(this IMeterFactory factory) => factory.Create(Name);
}
