using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Hosting;

internal sealed class AppFunctionContext(AppFunction function, FunctionBindings bindings, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    : FunctionContext, IAsyncDisposable
{
    private readonly InvocationFeatures _features = new(bindings);
    private AsyncServiceScope? _scope;
    private IServiceProvider? _services;

    public override string InvocationId => field ??= NewId();

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

    /// <summary>Every execution has one, so it is not asked of the kernel: an id has to be unique and may be guessed.</summary>
    private static string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
