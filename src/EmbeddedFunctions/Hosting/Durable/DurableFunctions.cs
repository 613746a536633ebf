using System.Diagnostics;
using EmbeddedFunctions.Durability.Runtime;
using Microsoft.DurableTask;

namespace EmbeddedFunctions.Hosting.Durable;

/// <summary>Orchestrators and activities of the app, which run through its middleware like every function. Names are compared without case.</summary>
internal sealed class DurableFunctions(FunctionRunner runner) : IDurableFunctions
{
    private readonly Dictionary<string, AppFunction> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AppFunction> _activities = new(StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => _orchestrators.Count + _activities.Count == 0;

    public void AddOrchestrator(AppFunction function) => Add(_orchestrators, function);

    public void AddActivity(AppFunction function) => Add(_activities, function);

    public IOrchestratorCall? CreateOrchestratorCall(string name, ActivityContext trace) =>
        _orchestrators.TryGetValue(name, out var function) ? new OrchestratorCall(runner, function, trace) : null;

    public IActivityCall? CreateActivityCall(string name) => _activities.TryGetValue(name, out var function) ? new ActivityCall(runner, function) : null;

    private static void Add(Dictionary<string, AppFunction> functions, AppFunction function)
    {
        if (!function.IsDisabled)
        {
            functions.Add(function.Name, function);
        }
    }

    private sealed class OrchestratorCall(FunctionRunner runner, AppFunction function, ActivityContext trace) : IOrchestratorCall
    {
        private AppFunctionContext? _context;
        private Activity? _episode;

        /// <summary>On Azure each episode is an invocation, and a span of its own.</summary>
        public IDisposable? BeginEpisode()
        {
            _episode = FunctionRunner.StartActivity(trace);
            if (_context is not null)
            {
                FunctionRunner.Name(_episode, _context);
            }

            return _episode;
        }

        /// <summary>Everything in here, middleware included, runs on the orchestrator's thread: an await of anything else ends the instance.</summary>
        public async Task<object?> InvokeAsync(TaskOrchestrationContext context)
        {
            var data = new TriggerData(context, new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = context.InstanceId }, trace);
            // An orchestrator is never cancelled: it is left where it is, and a replay takes it up.
            _context = runner.Open(function, data, CancellationToken.None);
            FunctionRunner.Name(_episode, _context);
            using var scope = HostLog.BeginInvocation(function.Logger, function.Name, _context.InvocationId);
            await runner.ExecuteAsync(_context);
            return data.InvocationResult;
        }

        public ValueTask DisposeAsync() => _context?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private sealed class ActivityCall(FunctionRunner runner, AppFunction function) : IActivityCall
    {
        public Task<object?> InvokeAsync(string instanceId, string? input, ActivityContext trace, CancellationToken cancellationToken) => runner.RunAsync(
            function,
            new TriggerData(input, new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = instanceId }, trace),
            cancellationToken);
    }
}
