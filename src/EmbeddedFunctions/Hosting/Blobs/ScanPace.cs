namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>
/// How long to wait until the next listing: a second after one with new blobs, up to five while there are none, and longer for a container so large that
/// its listing alone would keep a core busy.
/// </summary>
internal sealed class ScanPace
{
    private const int RestPerListing = 20;
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private TimeSpan _wait = Busy;

    /// <param name="found">How many blobs of the last listing were new.</param>
    /// <param name="listing">How long the listing took.</param>
    public TimeSpan Next(int found, TimeSpan listing)
    {
        _wait = found > 0 ? Busy : Min(_wait * 1.5, Idle);
        var rest = Min(listing * RestPerListing, Longest);
        return rest > _wait ? rest : _wait;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
