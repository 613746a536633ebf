using EmbeddedFunctions.Hosting;
using EmbeddedFunctions.Tests.Triggers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedFunctions.Tests.Hosting;

public sealed class FunctionCatalogTests
{
    [Theory]
    [InlineData("NotPublic", "must be public")]
    [InlineData("Overloaded", "must not be overloaded")]
    [InlineData("Generic", "may be generic")]
    [InlineData("Level", "AuthorizationLevel.Function is not supported")]
    [InlineData("NoTrigger", "it has no trigger")]
    [InlineData("TwoTriggers", "more than one trigger")]
    [InlineData("WrongTrigger", "must be an HttpRequest")]
    [InlineData("Service", "nothing binds the parameter 'service'")]
    [InlineData("PlainRequest", "nothing binds the parameter 'other'")]
    [InlineData("Text", "must return nothing, an IResult or an IActionResult")]
    [InlineData("TaskOfText", "must return nothing, an IResult or an IActionResult")]
    [InlineData("AsyncVoid", "not async void")]
    [InlineData("Template", "the route 'api/{id' is not valid")]
    [InlineData("Constraint", "the route 'api/{id:nonsense}' is not valid")]
    [InlineData("1Name", "a name is a letter")]
    [InlineData("Twice", "have this name")]
    [InlineData("ByRef", "must not be ref")]
    [InlineData("BlankMethod", "is no HTTP method")]
    [InlineData("Reserved", "keeps for itself")]
    public async Task Load_FunctionThatCannotBeServed_StartIsRefusedNamingIt(string name, string reason)
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(typeof(Refused)));

        Assert.Contains(
            exception.Message.Split(Environment.NewLine),
            line => line.StartsWith($"- {name}", StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(Hidden))]
    [InlineData(typeof(Abstract))]
    [InlineData(typeof(GenericClass<>))]
    public async Task Load_ClassThatCannotBeServed_StartIsRefused(Type type)
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(type));

        Assert.Contains("- Fine (", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_SameRouteAndMethod_StartIsRefusedNamingBoth()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(typeof(Conflicting)));

        Assert.Equal("- Second: First has the same route 'api/items/{id}' and a method in common.", exception.Message.Split(Environment.NewLine)[^1]);
        Assert.DoesNotContain("Third", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_WithoutAspNetCoreIntegration_StartIsRefused()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(typeof(Served), _ => { }));

        Assert.Contains("ConfigureFunctionsWebApplication", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_MethodWithoutAttribute_IsNoFunction()
    {
        await using var app = await TestApp.StartAsync(typeof(Served));

        using var response = await app.SendAsync(HttpMethod.Get, "/api/Helper");

        Assert.Equal(404, (int)response.StatusCode);
    }

    [Fact]
    public async Task Load_Definition_IsAsTheOfficialOne()
    {
        await using var app = await TestApp.StartAsync(typeof(Served));

        Assert.Equal(
            "Fine|Fine|EmbeddedFunctions.Tests.Hosting.FunctionCatalogTests+Served.Fine|request:httpTrigger:In|$return:http:Out|request,context,EmbeddedFunctions.Tests.dll",
            await app.GetAsync("/api/Fine"));
    }

    [Fact]
    public void Load_OthersAreTheFirstToLookAtTheMethodToo_ServesIt()
    {
        var source = new ManualTriggerSource();

        new FunctionCatalog([source], [], new ConfigurationBuilder().Build(), NullLoggerFactory.Instance).Load([new ForgetfulClass(typeof(Manual))]);

        Assert.Equal(["value", "context"], source["Manual"].Parameters.Select(parameter => parameter.Name));
    }

    public static class Manual
    {
        [Function("Manual")]
        public static void Run([ManualTrigger] string value, FunctionContext context) => context.Items.Add(value, value);
    }

    public sealed class Served
    {
        [Function("Fine")]
        public static IResult Fine([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context)
        {
            var definition = context.FunctionDefinition;
            var bindings = definition.InputBindings.Concat(definition.OutputBindings)
                .Select(binding => $"{binding.Key}:{binding.Value.Type}:{binding.Value.Direction}");
            return Results.Text(string.Join('|', [
                definition.Name, context.FunctionId, definition.EntryPoint, .. bindings,
                string.Join(',', definition.Parameters.Select(parameter => parameter.Name).Append(Path.GetFileName(definition.PathToAssembly)))]));
        }

        public static IResult Helper(HttpRequest request) => Results.Ok();
    }

    public static class Conflicting
    {
        [Function("First")]
        public static IResult First([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", Route = "items/{id}")] HttpRequest request) => Results.Ok();

        [Function("Second")]
        public static IResult Second([HttpTrigger(AuthorizationLevel.Anonymous, "PUT", Route = "Items/{id}")] HttpRequest request) => Results.Ok();

        [Function("Third")]
        public static IResult Third([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "items/{id}")] HttpRequest request) => Results.Ok();
    }

    public abstract class Abstract
    {
        [Function("Fine")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();
    }

    public sealed class GenericClass<T>(T value)
    {
        [Function("Fine")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok(value);
    }

    internal sealed class Hidden
    {
        [Function("Fine")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();
    }

    public sealed class Refused
    {
        [Function("NotPublic")]
        internal static IResult NotPublic([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();

        [Function("Overloaded")]
        public static IResult Overloaded([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();

        public static IResult Overloaded() => Results.Ok();

        [Function("Generic")]
        public static IResult Generic<T>([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok(typeof(T));

        [Function("Level")]
        public static IResult Level([HttpTrigger(AuthorizationLevel.Function)] HttpRequest request) => Results.Ok();

        [Function("NoTrigger")]
        public static IResult NoTrigger(FunctionContext context) => Results.Ok(context.FunctionId);

        [Function("TwoTriggers")]
        public static IResult TwoTriggers([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest one, [HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest two) =>
            Results.Ok();

        [Function("WrongTrigger")]
        public static IResult WrongTrigger([HttpTrigger(AuthorizationLevel.Anonymous)] string body) => Results.Ok(body);

        [Function("Service")]
        public static IResult Service([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, [FromServices] TimeProvider service) => Results.Ok(service.GetUtcNow());

        [Function("PlainRequest")]
        public static IResult PlainRequest([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, HttpRequest other) => Results.Ok();

        [Function("Text")]
        public static string Text([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => request.Path;

        [Function("TaskOfText")]
        public static Task<string> TaskOfText([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Task.FromResult(request.Method);

        [Function("AsyncVoid")]
        public static async void AsyncVoid([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => await Task.Yield();

        [Function("Template")]
        public static IResult Template([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{id")] HttpRequest request) => Results.Ok();

        [Function("Constraint")]
        public static IResult Constraint([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{id:nonsense}")] HttpRequest request) => Results.Ok();

        [Function("1Name")]
        public static IResult BadName([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();

        [Function("Twice")]
        public static IResult TwiceOne([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();

        [Function("twice")]
        public static IResult TwiceTwo([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();

        [Function("ByRef")]
        public static IResult ByRef([HttpTrigger(AuthorizationLevel.Anonymous, Route = "r/{id}")] HttpRequest request, in int id) => Results.Ok(id);

        [Function("Reserved")]
        public static IResult Reserved([HttpTrigger(AuthorizationLevel.Anonymous, Route = "Admin/keys")] HttpRequest request) => Results.Ok();

        [Function("BlankMethod")]
        public static IResult BlankMethod([HttpTrigger(AuthorizationLevel.Anonymous, " ")] HttpRequest request) => Results.Ok();
    }
}
