using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Retry;
using Polly.Timeout;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;
using VoiceFunctions.Telemetry;

namespace VoiceFunctions.Resilience;

/// <summary>All calls of one operation to one provider go through here: a bounded number at a time, retried, cut off by time and by the circuit.</summary>
internal sealed partial class ProviderPipeline
{
    private static readonly ResiliencePropertyKey<TimeSpan> Timeout = new("attempt-timeout");
    private static readonly ResiliencePropertyKey<bool> Once = new("once");

    private readonly SpeechProvider _provider;
    private readonly SpeechOperation _operation;
    private readonly ProviderMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ProviderTraffic _traffic;
    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline _pipeline;
    private readonly ILogger _logger;

    public ProviderPipeline(
        SpeechProvider provider, SpeechOperation operation, ResilienceOptions options, ProviderMetrics metrics, TimeProvider time, ILogger logger)
    {
        _logger = logger;
        _provider = provider;
        _operation = operation;
        _metrics = metrics;
        _time = time;
        _traffic = new ProviderTraffic(time);
        _pipeline = Build(options);
    }

    public CircuitState Circuit => _circuit.CircuitState;

    public TrafficSnapshot Traffic => _traffic.Snapshot();

    /// <summary>Makes a call and tells of every attempt at it.</summary>
    /// <param name="model">Whom the attempts are at.</param>
    /// <param name="timeout">Of one attempt.</param>
    /// <param name="once">Whether the first attempt is the last, whatever comes of it.</param>
    /// <param name="call">Makes one attempt.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ProviderException">The last attempt failed; all are in it.</exception>
    /// <exception cref="AttemptsCancelledException">The caller left or its deadline passed.</exception>
    public async Task<(T Result, IReadOnlyList<SpeechAttempt> Attempts)> RunAsync<T>(
        string model, TimeSpan timeout, bool once, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        List<SpeechAttempt> attempts = [];
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Timeout, timeout);
        context.Properties.Set(Once, once);
        try
        {
            var result = await _pipeline.ExecuteAsync(async inner => await AttemptAsync(model, call, attempts, inner.CancellationToken, cancellationToken), context);
            return (result, attempts);
        }
        catch (BrokenCircuitException exception)
        {
            throw NotTried(ProviderFailureKind.CircuitOpen, "Left alone after repeated failures.", exception.RetryAfter, exception);
        }
        catch (RateLimiterRejectedException exception)
        {
            throw NotTried(ProviderFailureKind.Overloaded, "Too many calls are waiting for it.", exception.RetryAfter, exception);
        }
        catch (ProviderException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw failure.WithAttempts(attempts);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ProviderException && cancellationToken.IsCancellationRequested)
        {
            throw new AttemptsCancelledException(attempts, exception, cancellationToken);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        ProviderException NotTried(ProviderFailureKind kind, string message, TimeSpan? retryAfter, Exception exception)
        {
            attempts.Add(new SpeechAttempt(_provider.Name, model, kind.Name(), message, Elapsed: 0));
            return new ProviderException(_provider.Name, kind, message, exception) { RetryAfter = retryAfter, Attempts = attempts };
        }
    }

    /// <summary>Outermost first.</summary>
    private ResiliencePipeline Build(ResilienceOptions options)
    {
        return new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddConcurrencyLimiter(_provider.Concurrency, options.QueueLimit)
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Math.Max(1, options.MaxRetries),
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(
                    options.MaxRetries > 0
                    && !arguments.Context.Properties.GetValue(Once, defaultValue: false)
                    && arguments.Outcome.Exception is ProviderException failure
                    && FailurePolicy.IsWorthAnImmediateRetry(failure, LongestWait(arguments.Context))),
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as ProviderException)?.RetryAfter),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.FailureRatio,
                MinimumThroughput = options.MinimumThroughput,
                SamplingDuration = options.SamplingDuration,
                BreakDuration = options.BreakDuration,
                StateProvider = _circuit,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is ProviderException failure
                        ? FailurePolicy.CountsAgainstProvider(failure.Kind)
                        // What is not handled closes a half-open circuit, and a caller who left has not shown that the provider is back.
                        : arguments.Outcome.Exception is OperationCanceledException && _circuit.CircuitState == CircuitState.HalfOpen),
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = arguments => ValueTask.FromResult(arguments.Context.Properties.GetValue(Timeout, options.AttemptTimeout)),
            })
            .Build();

        // A wait that outlasts the attempt's own time would end in nothing but the next target being asked too late.
        TimeSpan LongestWait(ResilienceContext context)
        {
            var timeout = context.Properties.GetValue(Timeout, options.AttemptTimeout);
            return timeout < options.MaxRetryAfter ? timeout : options.MaxRetryAfter;
        }
    }

    [LoggerMessage(LogLevel.Warning, "An attempt at {Provider} {Model} failed: {Kind}.")]
    private partial void LogFailure(string provider, string model, ProviderFailureKind kind, Exception exception);

    private async Task<T> AttemptAsync<T>(
        string model, Func<CancellationToken, Task<T>> call, List<SpeechAttempt> attempts, CancellationToken attemptToken, CancellationToken callerToken)
    {
        using var activity = VoiceActivities.StartAttempt(_provider.Name, model);
        var start = _time.GetTimestamp();
        try
        {
            var result = await call(attemptToken);
            _traffic.Succeeded(_time.GetElapsedTime(start));
            Record("ok", detail: null);
            return result;
        }
        catch (ProviderException failure)
        {
            _traffic.Failed(failure.Kind);
            LogFailure(_provider.Name, model, failure.Kind, failure);
            Record(failure.Kind.Name(), failure.Message, failure);
            throw;
        }
        catch (OperationCanceledException exception) when (!callerToken.IsCancellationRequested)
        {
            var failure = new ProviderException(_provider.Name, ProviderFailureKind.Timeout, "No answer in time.", exception);
            _traffic.Failed(failure.Kind);
            Record(failure.Kind.Name(), failure.Message);
            throw failure;
        }
        catch (OperationCanceledException)
        {
            Record("cancelled", "Still under way when the request ended.");
            throw;
        }

        void Record(string outcome, string? detail, ProviderException? failure = null)
        {
            var attempt = new SpeechAttempt(_provider.Name, model, outcome, detail, Math.Round(_time.GetElapsedTime(start).TotalSeconds, 3))
            {
                Billed = failure is { Billed: true },
                CostUsd = failure?.CostUsd,
            };
            attempts.Add(attempt);
            _metrics.Attempted(_operation, attempt);
            activity.End(outcome);
        }
    }
}
