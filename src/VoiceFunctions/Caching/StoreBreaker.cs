using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Caching;

/// <summary>Leaves storage alone for a while when it has failed several times in a row, and then lets one look-up try it.</summary>
internal sealed partial class StoreBreaker(IOptions<SpeechCacheOptions> options, TimeProvider time, ILogger<StoreBreaker> logger)
{
    /// <summary>The key of the one for what storage is known to have.</summary>
    public const string OfKnown = "known";

    private readonly Lock _lock = new();
    private int _failures;
    private DateTimeOffset? _openUntil;
    private bool _trying;

    /// <summary>Whether storage may be asked. Each time that it may, one of the other members is called with what came of it.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_openUntil is not { } until)
            {
                return true;
            }

            if (_trying || time.GetUtcNow() < until)
            {
                return false;
            }

            _trying = true;
            return true;
        }
    }

    public void Succeeded()
    {
        bool back;
        lock (_lock)
        {
            back = _openUntil is not null;
            (_failures, _openUntil, _trying) = (0, null, false);
        }

        if (back)
        {
            LogBack();
        }
    }

    public void Failed(Exception exception)
    {
        bool outage;
        lock (_lock)
        {
            var open = _openUntil is not null;
            outage = ++_failures >= options.Value.BreakAfter && !open;
            if (open || outage)
            {
                (_openUntil, _trying) = (time.GetUtcNow() + options.Value.BreakDuration, false);
            }
        }

        if (outage)
        {
            LogOutage(exception.GetType().Name);
        }
    }

    /// <summary>The look-up was given up before storage had answered or failed.</summary>
    public void Abandoned()
    {
        lock (_lock)
        {
            _trying = false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Storage does not answer the cache in time ({Exception}). Requests go on without it.")]
    private partial void LogOutage(string exception);

    [LoggerMessage(LogLevel.Information, "Storage answers the cache again.")]
    private partial void LogBack();
}
