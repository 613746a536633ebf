using System.Diagnostics;
using System.Text.Json.Nodes;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Who is told that a job has ended, and how.</summary>
public sealed class CallbackTests
{
    private const string Secret = "a secret of more than sixteen characters";

    private static readonly (string Name, string? Value) Private = ("Callbacks__AllowPrivateAddresses", "true");

    private static readonly (string Name, string? Value) Quick = ("Callbacks__FirstRetry", "00:00:00.050");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Receiver_FailsFiveTimes_AcceptsOneSignedMessage()
    {
        await using var receiver = new LoopbackReceiver();
        receiver.Enqueue(Fault.Status(500), Fault.Status(500), Fault.Status(500), Fault.Status(500), Fault.Status(500));
        await using var app = await JobApp.StartAsync(Private, Quick);
        var id = await app.Client.OrderSpeechAsync(Order(new Uri(receiver.Endpoint, "hook?job=1")));

        // The job has ended before anybody is told.
        await receiver.ArrivalAsync(Cancelled);
        Assert.Equal("succeeded", (string?)(await app.Client.JobAsync(id))["status"]);
        var job = await app.Client.WaitForJobAsync(id, job => (string?)job["callback"]!["state"] != "pending");

        Assert.Equal(("delivered", 6), ((string?)job["callback"]!["state"], (int)job["callback"]!["attempts"]!));
        Assert.Null(job["callback"]!["lastFailure"]);
        Assert.Equal(6, receiver.Count);
        var accepted = receiver.Requests[^1];
        var told = JsonNode.Parse(accepted.Text)!;
        Assert.Equal((id, "succeeded"), ((string?)told["id"], (string?)told["status"]));
        Assert.Equal(job["results"]!.ToJsonString(), told["results"]!.ToJsonString());
        Assert.DoesNotContain(Secret, accepted.Text, StringComparison.Ordinal);
        Assert.Equal(await SignAsync(accepted), accepted.Header("X-Voice-Signature"));
        Assert.All(app.Process.Log, line => Assert.DoesNotContain(Secret, line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Receiver_AppIsKilledBetweenTries_IsToldAfterwards()
    {
        await using var receiver = new LoopbackReceiver();
        receiver.FaultFor = _ => Fault.Status(503);
        await using var app = await JobApp.StartAsync(Private, Quick);
        var id = await app.Client.OrderSpeechAsync(Order(receiver.Endpoint));
        await receiver.ArrivalAsync(Cancelled);
        await receiver.ArrivalAsync(Cancelled);

        await app.CrashAsync();
        receiver.FaultFor = null;
        await app.StartAgainAsync();

        var job = await app.Client.WaitForJobAsync(id, job => (string?)job["callback"]!["state"] != "pending");
        Assert.Equal("delivered", (string?)job["callback"]!["state"]);
        Assert.Equal("succeeded", (string?)JsonNode.Parse(receiver.Requests[^1].Text)!["status"]);
    }

    [Fact]
    public async Task Receiver_OfACancelledJob_IsToldToo()
    {
        await using var receiver = new LoopbackReceiver();
        await using var app = await JobApp.StartAsync(Private, Quick);
        app.Servers.OpenAI.Enqueue(Fault.Hang());
        var id = await app.Client.OrderSpeechAsync(new
        {
            text = "Nobody waits for this.", provider = "openai", format = "wav", cache = "bypass", callbackUrl = receiver.Endpoint, callbackSecret = Secret,
        });
        await app.Servers.OpenAI.ArrivalAsync(Cancelled);

        await app.Client.CancelAsync(id);

        await receiver.ArrivalAsync(Cancelled);
        Assert.Equal("cancelled", (string?)JsonNode.Parse(receiver.Request.Text)!["status"]);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    public async Task Receiver_InAPrivateNetwork_IsNotCalled(string address)
    {
        await using var receiver = new LoopbackReceiver();
        await using var app = await JobApp.StartAsync(Quick);
        var id = await app.Client.OrderSpeechAsync(Order(new Uri(string.Format(address, receiver.Endpoint.Port))));

        var job = await app.Client.WaitForJobAsync(id, job => (string?)job["callback"]!["state"] != "pending");

        Assert.Equal("""{"state":"failed","attempts":1""", job["callback"]!.ToJsonString()[..30]);
        Assert.Equal("address_refused", (string?)job["callback"]!["lastFailure"]);
        Assert.Equal("succeeded", (string?)job["status"]);
        Assert.Equal(0, receiver.Count);
    }

    [Fact]
    public async Task Receiver_SendsOn_IsNotFollowed()
    {
        await using var target = new LoopbackReceiver();
        await using var receiver = new LoopbackReceiver { RedirectTo = target.Endpoint };
        await using var app = await JobApp.StartAsync(Private, Quick);
        var id = await app.Client.OrderSpeechAsync(Order(receiver.Endpoint));

        var job = await app.Client.WaitForJobAsync(id, job => (string?)job["callback"]!["state"] != "pending");

        Assert.Equal(("failed", "redirect"), ((string?)job["callback"]!["state"], (string?)job["callback"]!["lastFailure"]));
        Assert.Equal((1, 0), (receiver.Count, target.Count));
    }

    private static object Order(Uri receiver) => new { text = "Tell me when it is done.", provider = "openai", format = "wav", callbackUrl = receiver, callbackSecret = Secret };

    /// <summary>The signature as another implementation computes it, in another language.</summary>
    private static async Task<string> SignAsync(LoopbackRequest request)
    {
        const string Program = "let b=[];process.stdin.on('data',d=>b.push(d)).on('end',()=>console.log('sha256='+require('crypto')"
            + ".createHmac('sha256',process.argv[1]).update(process.argv[2]+'.').update(Buffer.concat(b)).digest('hex')))";
        using var node = Process.Start(new ProcessStartInfo("node", ["-e", Program, Secret, request.Header("X-Voice-Timestamp")!])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        await node.StandardInput.BaseStream.WriteAsync(request.Body, Cancelled);
        node.StandardInput.Close();
        var signature = await node.StandardOutput.ReadToEndAsync(Cancelled);
        await node.WaitForExitAsync(Cancelled);
        return signature.Trim();
    }
}
