using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Caching;

/// <summary>
/// Writes to storage behind the callers' backs, of a bounded size in all. What storage cannot take now waits until it can; what finds no place any
/// more is dropped.
/// </summary>
internal sealed partial class StoreQueue(
    ISpeechStore store, SpeechCacheMetrics metrics, IOptions<SpeechCacheOptions> options, TimeProvider time, ILogger<StoreQueue> logger) : IDisposable
{
    private const int Writers = 4;

    /// <summary>After so many tries it is the write and not storage.</summary>
    private const int MaxTries = 100;

    private readonly Channel<StoreWrite> _writes = Channel.CreateUnbounded<StoreWrite>();
    private readonly ConcurrentDictionary<SpeechCacheKey, CachedSpeech> _results = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private Task _writers = Task.CompletedTask;
    private long _bytes;
    private bool _failing;

    public void Start() => _writers = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAllAsync)));

    /// <summary>Takes nothing more and writes what waits, in the time granted for it.</summary>
    public async Task DrainAsync()
    {
        _writes.Writer.TryComplete();
        await _stopping.CancelAsync();
        _abort.CancelAfter(options.Value.DrainTimeout);
        await _writers;
        while (_writes.Reader.TryRead(out var left))
        {
            Done(left);
            metrics.Dropped("stopped");
        }
    }

    /// <summary>Whether there was a place for it.</summary>
    public bool TryEnqueue(StoreWrite write)
    {
        if (write.Result is { } result)
        {
            _results[result.Key] = result.Speech;
        }

        if (Interlocked.Add(ref _bytes, write.Bytes) <= options.Value.QueueBytes && _writes.Writer.TryWrite(write))
        {
            return true;
        }

        Done(write);
        metrics.Dropped("full");
        return false;
    }

    /// <summary>A result that waits to be stored.</summary>
    public bool TryGet(SpeechCacheKey key, [NotNullWhen(true)] out CachedSpeech? speech) => _results.TryGetValue(key, out speech);

    public void Dispose()
    {
        _stopping.Dispose();
        _abort.Dispose();
    }

    private async Task WriteAllAsync()
    {
        await foreach (var write in _writes.Reader.ReadAllAsync(CancellationToken.None))
        {
            await WriteAsync(write);
            Done(write);
        }
    }

    private async Task WriteAsync(StoreWrite write)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                _abort.Token.ThrowIfCancellationRequested();
                await write.WriteAsync(store, _abort.Token);
                Volatile.Write(ref _failing, false);
                return;
            }
            catch (OperationCanceledException) when (_abort.IsCancellationRequested)
            {
                metrics.Dropped("stopped");
                return;
            }
            catch (Exception exception)
            {
                metrics.StoreFailed(write.Name);
                if (!Interlocked.Exchange(ref _failing, true))
                {
                    LogFailure(write.Name, exception.GetType().Name, (exception as RequestFailedException)?.ErrorCode);
                }

                if (_stopping.IsCancellationRequested || IsRefusal(exception) || tries == MaxTries)
                {
                    metrics.Dropped(_stopping.IsCancellationRequested ? "stopped" : "refused");
                    return;
                }
            }

            await Task.Delay(options.Value.BreakDuration, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Done(StoreWrite write)
    {
        Interlocked.Add(ref _bytes, -write.Bytes);
        if (write.Result is { } result)
        {
            _results.TryRemove(new KeyValuePair<SpeechCacheKey, CachedSpeech>(result.Key, result.Speech));
        }
    }

    /// <summary>Whether storage has looked at the write and would answer the same again.</summary>
    private static bool IsRefusal(Exception exception) => exception is RequestFailedException
    {
        Status: >= 400 and < 500 and not StatusCodes.Status408RequestTimeout and not StatusCodes.Status429TooManyRequests,
    };

    [LoggerMessage(LogLevel.Warning, "The cache could not write to storage: {Write} ended in {Exception} {ErrorCode}. Said once until a write succeeds.")]
    private partial void LogFailure(string write, string exception, string? errorCode);
}
