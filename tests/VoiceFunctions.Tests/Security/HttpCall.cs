using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace VoiceFunctions.Tests.Security;

/// <summary>A call as a middleware sees it that asks for the request and for the function's name.</summary>
internal sealed class HttpCall(string function, HttpContext http) : FunctionContext
{
    public override FunctionDefinition FunctionDefinition { get; } = new Definition(function);

    /// <summary>The key is the official integration's.</summary>
    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object> { ["HttpRequestContext"] = http };

    public override string InvocationId => throw new NotSupportedException();

    public override string FunctionId => throw new NotSupportedException();

    public override TraceContext TraceContext => throw new NotSupportedException();

    public override BindingContext BindingContext => throw new NotSupportedException();

    public override RetryContext RetryContext => throw new NotSupportedException();

    public override IServiceProvider InstanceServices { get; set; } = http.RequestServices;

    public override IInvocationFeatures Features => throw new NotSupportedException();

    private sealed class Definition(string name) : FunctionDefinition
    {
        public override string Name => name;

        public override string Id => throw new NotSupportedException();

        public override string EntryPoint => throw new NotSupportedException();

        public override string PathToAssembly => throw new NotSupportedException();

        public override ImmutableArray<FunctionParameter> Parameters => throw new NotSupportedException();

        public override IImmutableDictionary<string, BindingMetadata> InputBindings => throw new NotSupportedException();

        public override IImmutableDictionary<string, BindingMetadata> OutputBindings => throw new NotSupportedException();
    }
}
