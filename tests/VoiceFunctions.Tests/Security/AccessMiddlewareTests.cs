using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using VoiceFunctions.Problems;
using VoiceFunctions.Security;

namespace VoiceFunctions.Tests.Security;

public sealed class AccessMiddlewareTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", "localhost:7071")]
    [InlineData("::1", "::1", "[::1]:7071")]
    [InlineData("::ffff:127.0.0.1", "::ffff:127.0.0.1", "127.0.0.1:7071")]
    public async Task Invoke_ProgramOfThisMachine_IsServed(string local, string peer, string host) =>
        Assert.True(await IsServedAsync(Request(local, peer, host)));

    [Theory]
    [InlineData("192.0.2.10", "192.0.2.10", "localhost:7071")]
    [InlineData("127.0.0.1", "127.0.0.1", "rebound.example:7071")]
    // As it arrives from a Functions host, which listens for the network and talks to its worker on loopback.
    [InlineData("127.0.0.1", "192.0.2.10", "localhost:7071")]
    [InlineData("127.0.0.1", null, "localhost:7071")]
    [InlineData(null, "127.0.0.1", "localhost:7071")]
    public async Task Invoke_ProgramOfAnotherMachine_IsForbidden(string? local, string? peer, string host)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => IsServedAsync(Request(local, peer, host)));

        Assert.Equal(StatusCodes.Status403Forbidden, problem.Kind.Status);
    }

    [Fact]
    public async Task Invoke_PageOfAnotherOrigin_IsForbidden()
    {
        var request = Request("127.0.0.1", "127.0.0.1", "localhost:7071");
        request.Request.Headers.Origin = "http://page.example";

        var problem = await Assert.ThrowsAsync<ProblemException>(() => IsServedAsync(request));

        Assert.Equal(StatusCodes.Status403Forbidden, problem.Kind.Status);
    }

    private static async Task<bool> IsServedAsync(HttpContext request)
    {
        var served = false;
        var middleware = new AccessMiddleware(Options.Create(new SecurityOptions { AllowAnonymous = true }));
        await middleware.Invoke(new HttpCall("SynthesizeSpeech", request), _ =>
        {
            served = true;
            return Task.CompletedTask;
        });
        return served;
    }

    private static DefaultHttpContext Request(string? local, string? peer, string host)
    {
        var context = new DefaultHttpContext();
        context.Connection.LocalIpAddress = local is null ? null : IPAddress.Parse(local);
        context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(host);
        return context;
    }
}
