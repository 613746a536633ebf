using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Callbacks;
using VoiceFunctions.Testing.Loopback;

namespace VoiceFunctions.Tests.Jobs.Callbacks;

public sealed class CallbackSenderTests : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef";
    private static readonly byte[] Body = "{\"id\":\"ü\"}"u8.ToArray();

    private readonly LoopbackReceiver _receiver = new();
    private readonly List<string> _resolved = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task SendAsync_Receiver_GetsTheSignedBody()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        using var sender = Sender(allowPrivate: true, time);

        var reply = await sender.SendAsync(new Uri(_receiver.Endpoint, "hook?a=1"), Body, Secret, Cancelled);

        Assert.Equal(CallbackReply.Delivered, reply);
        Assert.Equal(("POST", "/hook", "application/json; charset=utf-8"), (_receiver.Request.Method, _receiver.Request.Path, _receiver.Request.ContentType));
        Assert.Equal(Body, _receiver.Request.Body);
        Assert.Equal("1800000000", _receiver.Request.Header("X-Voice-Timestamp"));
        var expected = HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret), (byte[])[.. "1800000000."u8, .. Body]);
        Assert.Equal($"sha256={Convert.ToHexStringLower(expected)}", _receiver.Request.Header("X-Voice-Signature"));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("8.8.8.8,10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    public async Task SendAsync_NameLeadsToAPrivateAddress_IsRefusedAndNobodyIsCalled(string addresses)
    {
        using var sender = Sender(allowPrivate: false, resolved: addresses);

        var reply = await sender.SendAsync(new Uri($"http://receiver.example:{_receiver.Endpoint.Port}/"), Body, Secret, Cancelled);

        Assert.Equal(CallbackReply.Refused("address_refused"), reply);
        Assert.Equal(["receiver.example"], _resolved);
        Assert.Equal(0, _receiver.Count);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://2852039166/")]
    [InlineData("http://[fe80::1]/")]
    public async Task SendAsync_PrivateAddressHoweverItIsWritten_IsRefused(string address)
    {
        using var sender = Sender(allowPrivate: false);

        Assert.Equal(CallbackReply.Refused("address_refused"), await sender.SendAsync(new Uri(string.Format(address, _receiver.Endpoint.Port)), Body, Secret, Cancelled));
        Assert.Equal(0, _receiver.Count);
    }

    [Theory]
    [InlineData("http://169.254.169.254/")]
    [InlineData("http://168.63.129.16/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    public async Task SendAsync_WhereCloudsGiveOutCredentials_IsRefusedEvenWherePrivateIsAllowed(string address)
    {
        using var sender = Sender(allowPrivate: true);

        Assert.Equal(CallbackReply.Refused("address_refused"), await sender.SendAsync(new Uri(address), Body, Secret, Cancelled));
    }

    [Fact]
    public async Task SendAsync_NameChangesItsMeaning_TheAddressLookedAtIsTheOneDialled()
    {
        var answers = new Queue<string>(["127.0.0.1", "10.255.255.1"]);
        using var sender = new CallbackSender(
            new CallbackDialer(Options.Create(new CallbackOptions { AllowPrivateAddresses = true }), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())])),
            Options.Create(new CallbackOptions()),
            TimeProvider.System);

        Assert.Equal(CallbackReply.Delivered, await sender.SendAsync(new Uri($"http://receiver.example:{_receiver.Endpoint.Port}/"), Body, Secret, Cancelled));

        Assert.Single(answers);
        Assert.Equal($"receiver.example:{_receiver.Endpoint.Port}", _receiver.Request.Header("Host"));
    }

    [Fact]
    public async Task SendAsync_Redirect_IsNotFollowed()
    {
        await using var other = new LoopbackReceiver();
        _receiver.RedirectTo = other.Endpoint;
        using var sender = Sender(allowPrivate: true);

        Assert.Equal(CallbackReply.Refused("redirect"), await sender.SendAsync(_receiver.Endpoint, Body, Secret, Cancelled));
        Assert.Equal((1, 0), (_receiver.Count, other.Count));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(401)]
    public async Task SendAsync_ReceiverFails_MayBeTriedAgain(int status)
    {
        _receiver.Enqueue(Fault.Status(status));
        using var sender = Sender(allowPrivate: true);

        Assert.Equal(CallbackReply.Failed($"status {status}"), await sender.SendAsync(_receiver.Endpoint, Body, Secret, Cancelled));
    }

    [Fact]
    public async Task SendAsync_ReceiverIsGone_IsNotTriedAgain()
    {
        _receiver.Enqueue(Fault.Status(410));
        using var sender = Sender(allowPrivate: true);

        Assert.Equal(CallbackState.Failed, (await sender.SendAsync(_receiver.Endpoint, Body, Secret, Cancelled)).State);
    }

    [Fact]
    public async Task SendAsync_ReceiverAsksForPatience_PassesItOn()
    {
        _receiver.Enqueue(Fault.RateLimited(90));
        using var sender = Sender(allowPrivate: true);

        Assert.Equal(TimeSpan.FromSeconds(90), (await sender.SendAsync(_receiver.Endpoint, Body, Secret, Cancelled)).RetryAfter);
    }

    [Fact]
    public async Task SendAsync_NobodyThereOrNeverAnswers_MayBeTriedAgain()
    {
        using var sender = Sender(allowPrivate: true, timeout: TimeSpan.FromMilliseconds(100));
        _receiver.Enqueue(Fault.Hang());
        Assert.Equal(CallbackReply.Failed("timeout"), await sender.SendAsync(_receiver.Endpoint, Body, Secret, Cancelled));
        _receiver.Enqueue(Fault.ResetBeforeAnswer());
        Assert.Equal(CallbackReply.Failed("unreachable"), await sender.SendAsync(_receiver.Endpoint, Body, Secret, Cancelled));
        using var unresolved = new CallbackSender(
            new CallbackDialer(Options.Create(new CallbackOptions()), (_, _) => Task.FromException<IPAddress[]>(new System.Net.Sockets.SocketException())),
            Options.Create(new CallbackOptions()),
            TimeProvider.System);
        Assert.Equal(CallbackReply.Failed("unreachable"), await unresolved.SendAsync(new Uri("http://nobody.example/"), Body, Secret, Cancelled));
    }

    private CallbackSender Sender(bool allowPrivate, TimeProvider? time = null, string? resolved = null, TimeSpan? timeout = null)
    {
        var options = Options.Create(new CallbackOptions { AllowPrivateAddresses = allowPrivate, Timeout = timeout ?? TimeSpan.FromSeconds(30) });
        return new CallbackSender(
            new CallbackDialer(options, (host, _) =>
            {
                _resolved.Add(host);
                return Task.FromResult<IPAddress[]>([.. resolved!.Split(',').Select(IPAddress.Parse)]);
            }),
            options,
            time ?? TimeProvider.System);
    }
}
