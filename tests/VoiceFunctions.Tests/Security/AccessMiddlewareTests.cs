using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using VoiceFunctions.Problems;
using VoiceFunctions.Security;
using VoiceFunctions.Security.Keys;
using VoiceFunctions.Tests.Security.Keys;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Security;

public sealed class AccessMiddlewareTests
{
    private readonly TestKey _key = TestKey.Make();
    private readonly StubKeySource _source = new();

    public AccessMiddlewareTests() => _source.Keys[_key.Stored.Id] = _key.Stored;

    [Theory]
    [InlineData("ListVoices")]
    [InlineData("HealthReady")]
    [InlineData("health")]
    [InlineData("ZzUnknownRoute")]
    public async Task Invoke_AnonymousNotAllowed_AsksForAKey(string function) =>
        Assert.Equal(ProblemKind.Unauthorized, await RefusalAsync(TestRequest.Local("localhost"), allowAnonymous: false, function));

    [Fact]
    public async Task Invoke_Health_IsForEveryone() =>
        Assert.Null(await RefusalAsync(TestRequest.Local("evil.example", "203.0.113.7"), allowAnonymous: false, "Health"));

    [Theory]
    [InlineData("localhost")]
    [InlineData("LocalHost:7071")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:7071")]
    [InlineData("127.8.9.10:7071")]
    [InlineData("[::1]")]
    [InlineData("[::1]:7071")]
    [InlineData("[::ffff:127.0.0.1]:7071")]
    public async Task Invoke_LoopbackName_IsServed(string host) => Assert.Null(await RefusalAsync(TestRequest.Local(host)));

    [Theory]
    [InlineData("")]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("evil.example:7071")]
    [InlineData("localhost.")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1.nip.io")]
    [InlineData("0.0.0.0")]
    [InlineData("128.0.0.1")]
    [InlineData("[::]")]
    [InlineData("[::2]")]
    [InlineData("[fe80::1]")]
    [InlineData("10.0.0.1")]
    public async Task Invoke_OtherName_IsRefused(string host) => Assert.Equal(ProblemKind.Forbidden, await RefusalAsync(TestRequest.Local(host)));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.168.1.5", false)]
    [InlineData("::ffff:192.168.1.5", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData(null, false)]
    public async Task Invoke_ConnectionToAddress_MustBeLoopback(string? local, bool served) =>
        Assert.Equal(served, await RefusalAsync(TestRequest.Local("localhost", local)) is null);

    [Theory]
    [InlineData("http://localhost:7071", true)]
    [InlineData("HTTP://LOCALHOST:7071", true)]
    [InlineData("http://localhost", false)]
    [InlineData("https://localhost:7071", false)]
    [InlineData("http://127.0.0.1:7071", false)]
    [InlineData("http://localhost:7072", false)]
    [InlineData("http://localhost:7071.evil.example", false)]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public async Task Invoke_Origin_MustBeItsOwn(string origin, bool served)
    {
        var http = TestRequest.Local("localhost:7071");
        http.Request.Headers.Origin = origin;

        Assert.Equal(served, await RefusalAsync(http) is null);
    }

    [Fact]
    public async Task Invoke_SecondOrigin_IsNotOverlooked()
    {
        var http = TestRequest.Local("localhost:7071");
        http.Request.Headers.Origin = new[] { "http://localhost:7071", "http://evil.example" };

        Assert.Equal(ProblemKind.Forbidden, await RefusalAsync(http));
    }

    [Theory]
    [InlineData("same-origin", true)]
    [InlineData("none", true)]
    [InlineData("same-site", false)]
    [InlineData("cross-site", false)]
    [InlineData("anything", false)]
    public async Task Invoke_WithoutAnOrigin_TheSiteMustBeItsOwn(string site, bool served)
    {
        var http = TestRequest.Local("localhost:7071");
        http.Request.Headers["Sec-Fetch-Site"] = site;

        Assert.Equal(served, await RefusalAsync(http) is null);
    }

    [Fact]
    public async Task Invoke_ForwardedHeaders_AreNotConsulted()
    {
        var http = TestRequest.Local("evil.example", "203.0.113.7");
        http.Request.Headers["X-Forwarded-Host"] = "localhost";
        http.Request.Headers["X-Forwarded-For"] = "127.0.0.1";
        http.Request.Headers["Forwarded"] = "for=127.0.0.1;host=localhost";

        Assert.Equal(ProblemKind.Forbidden, await RefusalAsync(http));
    }

    [Fact]
    public async Task Invoke_Anonymous_IsTheDefaultTenantWithEveryRight()
    {
        var http = TestRequest.Local("localhost");
        Assert.Throws<InvalidOperationException>(() => Caller.Of(http));

        Assert.Null(await RefusalAsync(http));

        Assert.Equal(new Caller("default", KeyName: null, AccessRights.All), Caller.Of(http));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invoke_GoodKey_CountsWhetherItIsNeededOrNot(bool allowAnonymous)
    {
        // No address of this machine, no loopback name: those are for callers without a key.
        var http = Keyed(_key.Text);

        Assert.Null(await RefusalAsync(http, allowAnonymous));

        Assert.Same(_key.Stored.Caller, Caller.Of(http));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invoke_WrongKey_IsRefusedWhetherItIsNeededOrNot(bool allowAnonymous)
    {
        var http = TestRequest.Local("localhost");
        http.Request.Headers.Authorization = $"Bearer {TestKey.Make().Text}";

        Assert.Equal(ProblemKind.Unauthorized, await RefusalAsync(http, allowAnonymous));
    }

    [Theory]
    [InlineData("SynthesizeSpeech", true)]
    [InlineData("ListVoices", true)]
    [InlineData("ZzUnknownRoute", true)]
    [InlineData("TranscribeSpeech", false)]
    [InlineData("ReportUsage", false)]
    [InlineData("HealthReady", false)]
    public async Task Invoke_KeyThatMaySpeak_MayDoNothingElse(string function, bool allowed)
    {
        var speaker = TestKey.Make(AccessRights.Speak);
        _source.Keys[speaker.Stored.Id] = speaker.Stored;

        Assert.Equal(allowed ? null : ProblemKind.Forbidden, await RefusalAsync(Keyed(speaker.Text), function: function));
    }

    [Fact]
    public async Task Invoke_RightMissing_IsNamed()
    {
        var speaker = TestKey.Make(AccessRights.Speak);
        _source.Keys[speaker.Stored.Id] = speaker.Stored;

        var problem = await Assert.ThrowsAsync<ProblemException>(() => InvokeAsync(Keyed(speaker.Text), allowAnonymous: false, "TranscribeSpeech"));

        Assert.Contains("'transcribe'", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_FunctionWithoutAnEntry_IsNobodys() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => InvokeAsync(TestRequest.Local("localhost"), allowAnonymous: true, "Forgotten"));

    private static DefaultHttpContext Keyed(string key)
    {
        var http = (DefaultHttpContext)TestRequest.Local("voice.example", "203.0.113.7");
        http.Request.Headers.Origin = "https://app.example";
        http.Request.Headers.Authorization = $"Bearer {key}";
        return http;
    }

    private async Task<ProblemKind?> RefusalAsync(HttpContext http, bool allowAnonymous = true, string function = "ListVoices")
    {
        try
        {
            Assert.True(await InvokeAsync(http, allowAnonymous, function));
            return null;
        }
        catch (ProblemException problem)
        {
            return problem.Kind;
        }
    }

    /// <summary>Whether the function was reached.</summary>
    private async Task<bool> InvokeAsync(HttpContext http, bool allowAnonymous, string function)
    {
        var options = Options.Create(new SecurityOptions { AllowAnonymous = allowAnonymous });
        using var ring = new KeyRing(_source, options, TimeProvider.System);
        var middleware = new AccessMiddleware(options, new KeyCheck(ring, TimeProvider.System));
        var passed = false;
        await middleware.Invoke(new StubFunctionContext(function, http), _ =>
        {
            passed = true;
            return Task.CompletedTask;
        });
        return passed;
    }
}
