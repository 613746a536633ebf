namespace VoiceFunctions.Caching;

/// <summary>Holds the lease of a flight, which storage may grant later than the flight has waited for it.</summary>
internal sealed class LeaseSlot
{
    private readonly Lock _lock = new();
    private SpeechLease? _lease;
    private bool _closed;

    /// <summary>Whether the flight is still there to take it.</summary>
    public bool TryOffer(SpeechLease lease)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _lease = lease;
            return true;
        }
    }

    /// <summary>Gives the lease away, once, if there is one by now. None is taken any more.</summary>
    public SpeechLease? Close()
    {
        lock (_lock)
        {
            _closed = true;
            var lease = _lease;
            _lease = null;
            return lease;
        }
    }
}
