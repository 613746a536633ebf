using System.Globalization;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Fallback;

namespace VoiceFunctions.Problems;

/// <summary>The time that a request allows itself, <c>X-Voice-Timeout</c> in seconds: 1 to 220, default 60. A Functions host gives up after 230.</summary>
internal sealed class RequestDeadline : IDisposable
{
    public const string Header = "X-Voice-Timeout";
    private const double Default = 60;
    private const double Longest = 220;

    /// <summary>For requests whose body may take that long to arrive.</summary>
    public static readonly TimeSpan Patient = TimeSpan.FromSeconds(Longest);

    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _linked;

    /// <param name="request">May set the time by its header.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Tells that the caller has left.</param>
    /// <param name="unsaid">The time for a request without the header; default 60 s.</param>
    /// <exception cref="ProblemException">The header is not a number of seconds in range.</exception>
    public RequestDeadline(HttpRequest request, TimeProvider time, CancellationToken cancellationToken, TimeSpan? unsaid = null)
    {
        _limit = Read(request) ?? unsaid ?? TimeSpan.FromSeconds(Default);
        ExpiresAt = time.GetUtcNow() + _limit;
        _caller = cancellationToken;
        _clock = new CancellationTokenSource(_limit, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, cancellationToken);
    }

    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Runs the request until it is done, its time is up or its _caller has left.</summary>
    /// <exception cref="ProblemException">The time was up.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return await work(_linked.Token);
        }
        catch (OperationCanceledException exception) when (_clock.IsCancellationRequested && !_caller.IsCancellationRequested)
        {
            throw new ProblemException(ProblemKind.DeadlineExceeded, $"The request took longer than its {_limit.TotalSeconds} seconds. {Header} sets up to {Longest}.", exception)
            {
                Attempts = (exception as AttemptsCancelledException)?.Attempts,
            };
        }
    }

    public void Dispose()
    {
        _linked.Dispose();
        _clock.Dispose();
    }

    private static TimeSpan? Read(HttpRequest request)
    {
        if (request.Headers[Header] is not [{ } value, ..])
        {
            return null;
        }

        return double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= Longest
            ? TimeSpan.FromSeconds(seconds)
            : throw ProblemException.InvalidField(Header, $"must be a number of seconds between 1 and {Longest}.");
    }
}
