namespace VoiceFunctions.Load.Reporting;

/// <summary>
/// What the report of the service that this project grew out of claimed, and what its own raw log of the same run said. Only figures that are known from both are
/// here.
/// </summary>
internal static class Original
{
    /// <summary>The level that both are known of.</summary>
    public const int Users = 100;

    public const string ClaimedSuccess = "100 %";
    public const string LoggedSuccess = "92 %";
    public const string ClaimedMean = "2.1 s";
    public const string LoggedMean = "4.9 s";
    public const string ClaimedHits = "over 80 %";
    public const string LoggedHits = "0.0 %";
}
