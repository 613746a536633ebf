using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>What activities have done. It outlives every crash.</summary>
internal sealed class World
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ModelWork>> _runs = new(StringComparer.Ordinal);
    private readonly FakeLogCollector _log = new();

    public string Log => string.Join('\n', _log.GetSnapshot().Select(record => $"{record.Level} {record.Message} {record.Exception}"));

    public IEnumerable<string> Keys => _runs.Keys;

    public IReadOnlyCollection<ModelWork> RunsOf(string key) => _runs[key];

    public ILoggerFactory CreateLoggers() => LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(_log)));

    public string Do(ModelWork work)
    {
        var runs = _runs.GetOrAdd(work.Key, _ => new ConcurrentQueue<ModelWork>());
        int before;
        lock (runs)
        {
            before = runs.Count;
            runs.Enqueue(work);
        }

        return before < work.Failures ? throw new InvalidOperationException($"{work.Key} fails.") : work.Note ?? "w";
    }
}
