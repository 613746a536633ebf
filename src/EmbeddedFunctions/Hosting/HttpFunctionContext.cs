using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Hosting;

internal sealed class HttpFunctionContext : FunctionContext, IAsyncDisposable
{
    private readonly IServiceScopeFactory _scopes;
    private readonly InvocationFeatures _features;
    private readonly HttpContext _httpContext;
    private AsyncServiceScope? _scope;
    private IServiceProvider? _services;

    public HttpFunctionContext(FunctionDefinition definition, HttpContext httpContext, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        _scopes = scopes;
        _httpContext = httpContext;
        _features = new InvocationFeatures(new FunctionBindings(httpContext));
        FunctionDefinition = definition;
        CancellationToken = cancellationToken;
    }

    public override string InvocationId => field ??= Guid.NewGuid().ToString();

    public override string FunctionId => FunctionDefinition.Id;

    public override TraceContext TraceContext => field ??= new ActivityTraceContext();

    public override BindingContext BindingContext => field ??= new HttpBindingContext(_httpContext.Request);

    public override RetryContext RetryContext => null!;

    public override IServiceProvider InstanceServices
    {
        get
        {
            if (_services is null)
            {
                _scope = _scopes.CreateAsyncScope();
                _services = _scope.Value.ServiceProvider;
            }

            return _services;
        }

        set => _services = value;
    }

    public override FunctionDefinition FunctionDefinition { get; }

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features => _features;

    public override CancellationToken CancellationToken { get; }

    public ValueTask DisposeAsync() => _scope?.DisposeAsync() ?? ValueTask.CompletedTask;
}
