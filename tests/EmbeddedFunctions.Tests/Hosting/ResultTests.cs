using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Tests.Hosting;

public sealed class ResultTests
{
    [Theory]
    [InlineData("Ok", 200, "application/json", """{"name":"x"}""")]
    [InlineData("Typed", 404, null, "")]
    [InlineData("Object", 201, "application/json", """{"name":"x"}""")]
    [InlineData("Json", 200, "application/json", """{"name":"x"}""")]
    [InlineData("Status", 418, null, "")]
    [InlineData("Content", 200, "text/csv", "a,b")]
    [InlineData("File", 200, "audio/wav", "RIFF")]
    [InlineData("Problem", 409, "application/problem+json", null)]
    [InlineData("ActionProblem", 400, "application/problem+json", null)]
    [InlineData("Redirect", 302, null, "")]
    [InlineData("Self", 202, "text/plain", "self")]
    [InlineData("SelfSync", 202, null, "")]
    [InlineData("Valued", 200, "text/plain", "valued")]
    [InlineData("ValuedPlain", 204, null, "")]
    [InlineData("Null", 200, null, "")]
    public async Task Execute_Result_IsWrittenAsAspNetCoreWritesIt(string function, int status, string? mediaType, string? body)
    {
        await using var app = await TestApp.StartAsync(typeof(Kinds), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.Services.AddSingleton(new HttpClientHandler { AllowAutoRedirect = false });
        });
        using var client = new HttpClient(app.Service<HttpClientHandler>()) { BaseAddress = new Uri(app.Address) };

        using var response = await client.GetAsync($"/api/{function}", TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
        if (body is not null)
        {
            Assert.Equal(body, await TestApp.BodyAsync(response));
        }
    }

    [Fact]
    public async Task Execute_FileResultWithRange_AnswersPartialContent()
    {
        await using var app = await TestApp.StartAsync(typeof(Kinds));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/File");
        request.Headers.Range = new(1, 2);

        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal("IF", await TestApp.BodyAsync(response));
    }

    [Fact]
    public async Task Execute_StreamedResponse_ArrivesWhileTheFunctionStillRuns()
    {
        var signals = new Signals();
        await using var app = await TestApp.StartAsync(typeof(Streaming), builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.Services.AddSingleton(signals);
        });
        var cancellationToken = TestContext.Current.CancellationToken;

        using var response = await app.Client.GetAsync("/api/Stream", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var first = new byte[5];
        await stream.ReadExactlyAsync(first, cancellationToken);
        signals.Release.SetResult();
        using var reader = new StreamReader(stream);

        Assert.Equal("first", Encoding.UTF8.GetString(first));
        Assert.Equal("second", await reader.ReadToEndAsync(cancellationToken));
    }

    public static class Kinds
    {
        private static readonly Item Item = new("x");

        [Function("Ok")]
        public static async Task<IResult> Ok([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await Task.Yield();
            return Results.Ok(Item);
        }

        [Function("Typed")]
        public static Results<Ok<Item>, NotFound> Typed([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => TypedResults.NotFound();

        [Function("Object")]
        public static IActionResult Created([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new ObjectResult(Item) { StatusCode = 201 };

        [Function("Json")]
        public static Task<JsonResult> Json([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Task.FromResult(new JsonResult(Item));

        [Function("Status")]
        public static IActionResult Status([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new StatusCodeResult(418);

        [Function("Content")]
        public static IActionResult Content([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            new ContentResult { Content = "a,b", ContentType = "text/csv" };

        [Function("File")]
        public static IActionResult File([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            new FileContentResult("RIFF"u8.ToArray(), "audio/wav") { EnableRangeProcessing = true };

        [Function("Problem")]
        public static IResult Problem([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Problem(statusCode: 409);

        [Function("ActionProblem")]
        public static IActionResult ActionProblem([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            new BadRequestObjectResult(new ProblemDetails { Status = 400 });

        [Function("Redirect")]
        public static IActionResult Redirect([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new RedirectResult("/elsewhere");

        [Function("Self")]
        public static async Task Self([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            request.HttpContext.Response.StatusCode = 202;
            request.HttpContext.Response.ContentType = "text/plain";
            await request.HttpContext.Response.WriteAsync("self", request.HttpContext.RequestAborted);
        }

        [Function("SelfSync")]
        public static void SelfSync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => request.HttpContext.Response.StatusCode = 202;

        [Function("Valued")]
        public static ValueTask<IResult> Valued([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new(Results.Text("valued"));

        [Function("ValuedPlain")]
        public static ValueTask ValuedPlain([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            request.HttpContext.Response.StatusCode = 204;
            return ValueTask.CompletedTask;
        }

        [Function("Null")]
        public static IActionResult? Null([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => null;
    }

    public sealed class Streaming(Signals signals)
    {
        [Function("Stream")]
        public async Task Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellationToken)
        {
            var response = request.HttpContext.Response;
            await response.WriteAsync("first", cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            await signals.Release.Task.WaitAsync(cancellationToken);
            await response.WriteAsync("second", cancellationToken);
        }
    }

    public sealed record Item(string Name);
}
