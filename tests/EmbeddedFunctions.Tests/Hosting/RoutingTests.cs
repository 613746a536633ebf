using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Tests.Hosting;

public sealed class RoutingTests
{
    private const string EmptyPrefix = """{ "version": "2.0", "extensions": { "http": { "routePrefix": "" } } }""";

    [Fact]
    public async Task Match_SeveralRoutesFit_FirstFunctionNameWins()
    {
        await using var app = await TestApp.StartAsync(typeof(Overlapping));

        // ASP.NET Core alone would take the literal route.
        Assert.Equal("alpha exact", await app.GetAsync("/api/items/exact"));
    }

    [Fact]
    public async Task Match_MethodNotListed_FallsThroughToNextFunction()
    {
        await using var app = await TestApp.StartAsync(typeof(Overlapping));

        using var response = await app.SendAsync(HttpMethod.Delete, "/api/items/exact");

        Assert.Equal("rest items/exact", await TestApp.BodyAsync(response));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Match_NoMethodsListed_TakesEveryMethod(string method)
    {
        await using var app = await TestApp.StartAsync(typeof(Overlapping));

        using var response = await app.SendAsync(new HttpMethod(method), "/api/other/path");

        Assert.Equal("rest other/path", await TestApp.BodyAsync(response));
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/")]
    [InlineData("/number/5")]
    public async Task Match_NoRoute_BareNotFound(string path)
    {
        await using var app = await TestApp.StartAsync(typeof(Constrained));

        using var response = await app.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength);
        Assert.Null(response.Content.Headers.ContentType);
    }

    [Theory]
    [InlineData("number/5", HttpStatusCode.OK)]
    [InlineData("number/five", HttpStatusCode.NotFound)]
    [InlineData("guid/5f0e6b8e-27c7-4ac1-9d5c-0a3f6b8f6d11", HttpStatusCode.OK)]
    [InlineData("guid/5", HttpStatusCode.NotFound)]
    [InlineData("alpha/abc", HttpStatusCode.OK)]
    [InlineData("alpha/ab1", HttpStatusCode.NotFound)]
    [InlineData("range/10", HttpStatusCode.OK)]
    [InlineData("range/11", HttpStatusCode.NotFound)]
    [InlineData("regex/a1", HttpStatusCode.OK)]
    [InlineData("regex/aa", HttpStatusCode.NotFound)]
    [InlineData("NUMBER/5", HttpStatusCode.OK)]
    [InlineData("ByName", HttpStatusCode.OK)]
    public async Task Match_Constraint_DecidesWhatMatches(string path, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(typeof(Constrained));

        using var response = await app.SendAsync(HttpMethod.Get, "/api/" + path);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("optional", "none")]
    [InlineData("optional/x", "x")]
    [InlineData("default", "fallback")]
    [InlineData("default/x", "x")]
    [InlineData("rest/a/b%20c", "a/b c")]
    [InlineData("rest", "none")]
    public async Task Match_OptionalDefaultAndCatchAll_FillRouteValues(string path, string expected)
    {
        await using var app = await TestApp.StartAsync(typeof(Shapes));

        Assert.Equal(expected, await app.GetAsync("/api/" + path));
    }

    [Fact]
    public async Task Match_EmptyPrefix_RoutesAreAsWritten()
    {
        await using var app = await TestApp.StartAsync(typeof(Shapes), hostJson: EmptyPrefix);

        Assert.Equal("x", await app.GetAsync("/optional/x"));
        using var prefixed = await app.SendAsync(HttpMethod.Get, "/api/optional/x");
        Assert.Equal(HttpStatusCode.NotFound, prefixed.StatusCode);
    }

    [Theory]
    [InlineData("AzureWebJobs.{0}.Disabled", "true")]
    [InlineData("AzureWebJobs_{0}_Disabled", "1")]
    public async Task Match_DisabledFunction_KeepsItsRouteAndAnswersNotFound(string setting, string value)
    {
        var key = string.Format(setting, nameof(Overlapping.Alpha));
        await using var app = await TestApp.StartAsync(typeof(Overlapping), args: [$"--{key}", value]);

        using var response = await app.SendAsync(HttpMethod.Get, "/api/items/exact");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(0, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Match_DisabledSettingFalse_FunctionRuns()
    {
        await using var app = await TestApp.StartAsync(typeof(Overlapping), args: ["--AzureWebJobs_Alpha_Disabled", "false"]);

        Assert.Equal("alpha exact", await app.GetAsync("/api/items/exact"));
    }

    public static class Overlapping
    {
        [Function(nameof(ZzRest))]
        public static IResult ZzRest([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string path) =>
            Results.Text($"rest {path}");

        [Function("exact")]
        public static IResult Exact([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/exact")] HttpRequest request) => Results.Text("exact");

        [Function(nameof(Alpha))]
        public static IResult Alpha([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "items/{id}")] HttpRequest request, string id) =>
            Results.Text($"alpha {id}");
    }

    public static class Constrained
    {
        [Function("Number")]
        public static IResult Number([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "number/{id:int}")] HttpRequest request) => Results.Ok();

        [Function("Guid")]
        public static IResult Unique([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "guid/{id:guid}")] HttpRequest request) => Results.Ok();

        [Function("Alpha")]
        public static IResult Alpha([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "alpha/{id:alpha}")] HttpRequest request) => Results.Ok();

        [Function("Range")]
        public static IResult Range([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "range/{id:min(1):max(10)}")] HttpRequest request) => Results.Ok();

        [Function("Regex")]
        public static IResult Pattern([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "regex/{id:regex(^[a-z]\\d$)}")] HttpRequest request) => Results.Ok();

        [Function("ByName")]
        public static IResult ByName([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok();
    }

    public static class Shapes
    {
        [Function("Optional")]
        public static IResult Optional([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "optional/{id?}")] HttpRequest request, string? id) =>
            Results.Text(id ?? "none");

        [Function("Default")]
        public static IResult Default([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "default/{id=fallback}")] HttpRequest request) =>
            Results.Text((string)request.RouteValues["id"]!);

        [Function("Rest")]
        public static IResult Rest([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "rest/{*path}")] HttpRequest request, string? path) =>
            Results.Text(path ?? "none");
    }
}
