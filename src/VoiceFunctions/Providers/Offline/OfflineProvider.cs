namespace VoiceFunctions.Providers.Offline;

/// <summary>The names that the rest of the app knows the offline engines by.</summary>
internal static class OfflineProvider
{
    public const string Name = "offline";
    public const string Flite = "flite";
    public const string Espeak = "espeak-ng";
    public const string Moonshine = "moonshine-tiny";
}
