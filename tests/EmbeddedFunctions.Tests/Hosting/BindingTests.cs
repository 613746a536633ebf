using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Tests.Hosting;

public sealed class BindingTests
{
    [Theory]
    [InlineData("number/42", "42")]
    [InlineData("flag/true", "True")]
    [InlineData("guid/5f0e6b8e-27c7-4ac1-9d5c-0a3f6b8f6d11", "5f0e6b8e-27c7-4ac1-9d5c-0a3f6b8f6d11")]
    [InlineData("date/2026-05-04", "2026-05-04")]
    [InlineData("maybe", "none")]
    [InlineData("maybe/7", "7")]
    [InlineData("maybe?id=8", "8")]
    [InlineData("preset", "3")]
    public async Task Bind_RouteValue_ConvertsToParameterType(string path, string expected)
    {
        await using var app = await TestApp.StartAsync(typeof(Values));

        Assert.Equal(expected, await app.GetAsync("/api/" + path));
    }

    [Theory]
    [InlineData("number/007")]
    [InlineData("flag/True")]
    [InlineData("required")]
    public async Task Bind_ValueDoesNotConvertOrIsMissing_ServerErrorWithConverterException(string path)
    {
        await using var app = await TestApp.StartAsync(typeof(Values));

        using var response = await app.SendAsync(HttpMethod.Get, "/api/" + path);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.IsType<FunctionInputConverterException>(app.Logs.LatestRecord.Exception);
    }

    [Fact]
    public async Task Bind_ContextRequestAndToken_AreThoseOfTheExecution()
    {
        await using var app = await TestApp.StartAsync(typeof(Values));

        Assert.Equal("True True True", await app.GetAsync("/api/special/5?cancellationToken=x"));
    }

    [Fact]
    public async Task BindingData_HttpTrigger_HoldsRouteOverQueryValuesAsStrings()
    {
        await using var app = await TestApp.StartAsync(typeof(Values));

        Assert.Equal("""5|1||{"id":"9","a":"1"}""", await app.GetAsync("/api/data/5?id=9&a=1&code=secret"));
    }

    [Fact]
    public async Task Activate_EachExecution_HasItsOwnInstanceAndScopeThatEndsWithIt()
    {
        await using var app = await TestApp.StartAsync(typeof(Injected), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.Services.AddScoped<Resource>();
            builder.Services.AddSingleton<Disposals>();
        });

        var first = await app.GetAsync("/api/Injected");
        var second = await app.GetAsync("/api/Injected");

        Assert.Equal("same scope", first.Split('|')[0]);
        Assert.NotEqual(first, second);
        Assert.Equal(2, await app.Service<Disposals>().WaitForAsync(2));
    }

    public static class Values
    {
        [Function("Number")]
        public static IResult Number([HttpTrigger(AuthorizationLevel.Anonymous, Route = "number/{id:int}")] HttpRequest request, int id) => Results.Text($"{id}");

        [Function("Flag")]
        public static IResult Flag([HttpTrigger(AuthorizationLevel.Anonymous, Route = "flag/{on:bool}")] HttpRequest request, bool on) => Results.Text($"{on}");

        [Function("Guid")]
        public static IResult Unique([HttpTrigger(AuthorizationLevel.Anonymous, Route = "guid/{id}")] HttpRequest request, Guid id) => Results.Text($"{id}");

        [Function("Date")]
        public static IResult Date([HttpTrigger(AuthorizationLevel.Anonymous, Route = "date/{day}")] HttpRequest request, DateTime day) =>
            Results.Text($"{day:yyyy-MM-dd}");

        [Function("Maybe")]
        public static IResult Maybe([HttpTrigger(AuthorizationLevel.Anonymous, Route = "maybe/{id?}")] HttpRequest request, int? id) =>
            Results.Text(id?.ToString() ?? "none");

        [Function("Preset")]
        public static IResult Preset([HttpTrigger(AuthorizationLevel.Anonymous, Route = "preset/{id?}")] HttpRequest request, int id = 3) => Results.Text($"{id}");

        [Function("Required")]
        public static IResult Required([HttpTrigger(AuthorizationLevel.Anonymous, Route = "required/{id?}")] HttpRequest request, int id) => Results.Text($"{id}");

        [Function("Special")]
        public static IResult Special(
            [HttpTrigger(AuthorizationLevel.Anonymous, Route = "special/{id}")] HttpRequest request, FunctionContext context, CancellationToken cancellationToken) =>
            Results.Text($"{context.GetHttpContext() == request.HttpContext} {cancellationToken == context.CancellationToken} {cancellationToken.CanBeCanceled}");

        [Function("Data")]
        public static IResult Data([HttpTrigger(AuthorizationLevel.Anonymous, Route = "data/{id}")] HttpRequest request, FunctionContext context)
        {
            var data = context.BindingContext.BindingData;
            return Results.Text($"{data["ID"]}|{data["a"]}|{data.GetValueOrDefault("code")}|{data["Query"]}");
        }
    }

    public sealed class Injected(Resource resource)
    {
        [Function("Injected")]
        public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context)
        {
            var same = ReferenceEquals(resource, context.InstanceServices.GetRequiredService<Resource>())
                && ReferenceEquals(resource, request.HttpContext.RequestServices.GetRequiredService<Resource>());
            return Results.Text($"{(same ? "same" : "other")} scope|{resource.Id}");
        }
    }

    public sealed class Resource(Disposals disposals) : IDisposable
    {
        public Guid Id { get; } = Guid.NewGuid();

        public void Dispose() => disposals.Add();
    }

    public sealed class Disposals
    {
        private readonly Channel<int> _disposals = Channel.CreateUnbounded<int>();

        public void Add() => Assert.True(_disposals.Writer.TryWrite(1));

        /// <summary>The scope ends after the response, so its end is awaited.</summary>
        public async Task<int> WaitForAsync(int count)
        {
            var seen = 0;
            while (seen < count)
            {
                seen += await _disposals.Reader.ReadAsync(TestContext.Current.CancellationToken);
            }

            return seen + _disposals.Reader.Count;
        }
    }
}
