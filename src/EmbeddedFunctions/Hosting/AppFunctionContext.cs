using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Hosting;

internal sealed class AppFunctionContext(AppFunction function, FunctionBindings bindings, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    : FunctionContext, IAsyncDisposable
{
    private readonly InvocationFeatures _features = new(bindings);
    private AsyncServiceScope? _scope;
    private IServiceProvider? _services;

    public override string InvocationId => field ??= Guid.NewGuid().ToString();

    public override string FunctionId => FunctionDefinition.Id;

    public override TraceContext TraceContext => field ??= new ActivityTraceContext(bindings.Trace);

    public override BindingContext BindingContext => bindings.Context;

    public override RetryContext RetryContext => null!;

    public override IServiceProvider InstanceServices
    {
        get
        {
            if (_services is null)
            {
                _scope = scopes.CreateAsyncScope();
                _services = _scope.Value.ServiceProvider;
            }

            return _services;
        }

        set => _services = value;
    }

    public override FunctionDefinition FunctionDefinition { get; } = function;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => _features;

    public override CancellationToken CancellationToken { get; } = cancellationToken;

    public ValueTask DisposeAsync() => _scope?.DisposeAsync() ?? ValueTask.CompletedTask;
}
