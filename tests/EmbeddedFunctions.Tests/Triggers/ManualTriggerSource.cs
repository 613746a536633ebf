using EmbeddedFunctions.Hosting;

namespace EmbeddedFunctions.Tests.Triggers;

/// <summary>The smallest source: it runs a function when it is told to.</summary>
internal sealed class ManualTriggerSource : ITriggerSource
{
    private readonly Dictionary<string, AppFunction> _functions = [];

    public Type Attribute => typeof(ManualTriggerAttribute);

    public AppFunction this[string name] => _functions[name];

    public TriggerBinding? Bind(FunctionCandidate candidate)
    {
        if (candidate.Method.ReturnType == typeof(DateTime) && !candidate.IsDisabled)
        {
            candidate.Refuse("it must not return a time.");
        }

        return new TriggerBinding
        {
            Type = "manualTrigger",
            Value = TriggerBinding.GivenValue,
            DataNames = ["name", "count"],
            Serve = function => _functions.Add(function.Name, function),
        };
    }

    public IEnumerable<string> FindConflicts() => _functions.ContainsKey("First") && _functions.ContainsKey("Second") ? ["Second: First is there already."] : [];

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
