using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Problems;
using VoiceFunctions.Security;
using VoiceFunctions.Security.Keys;

namespace VoiceFunctions.Tests.Security.Keys;

public sealed class KeyCheckTests : IDisposable
{
    private readonly TestKey _key = TestKey.Make();
    private readonly StubKeySource _source = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly KeyRing _ring;

    public KeyCheckTests()
    {
        _source.Keys[_key.Stored.Id] = _key.Stored;
        _ring = new KeyRing(_source, Options.Create(new SecurityOptions()), _time);
    }

    public void Dispose() => _ring.Dispose();

    [Fact]
    public async Task Check_RightSecret_IsItsCaller()
    {
        Assert.Same(_key.Stored.Caller, await CheckAsync(_key.Text));
        // Out of memory.
        Assert.Same(_key.Stored.Caller, await CheckAsync(_key.Text));
    }

    [Fact]
    public async Task Check_EveryOtherSecretOfTheId_IsRefused()
    {
        for (var position = _key.Text.Length - 43; position < _key.Text.Length; position++)
        {
            var changed = _key.Text[position] == 'A' ? 'B' : 'A';
            await ExpectAsync($"{_key.Text[..position]}{changed}{_key.Text[(position + 1)..]}", "not valid");
        }
    }

    [Fact]
    public async Task Check_UnknownId_IsRefusedInTheSameWords()
    {
        await ExpectAsync(TestKey.Make().Text, "not valid");
        await ExpectAsync(KeyText.Join(_key.Stored.Id, KeyText.NewSecret()), "not valid");
        await ExpectAsync("sk-something", "not valid");
        await ExpectAsync("", "not valid");
    }

    [Fact]
    public async Task Check_Revoked_IsToldWhoHasTheSecretOnly()
    {
        _source.Keys[_key.Stored.Id] = _key.Stored with { RevokedAt = _time.GetUtcNow().AddDays(-1) };

        await ExpectAsync(_key.Text, "revoked");
        await ExpectAsync(KeyText.Join(_key.Stored.Id, KeyText.NewSecret()), "not valid");
    }

    [Fact]
    public async Task Check_Expires_AtItsTimeAndNotWhenItIsReadAgain()
    {
        _source.Keys[_key.Stored.Id] = _key.Stored with { ExpiresAt = _time.GetUtcNow().AddSeconds(1) };
        Assert.NotNull(await CheckAsync(_key.Text));

        _time.Advance(TimeSpan.FromSeconds(1));

        await ExpectAsync(_key.Text, "expired");
        Assert.Equal(1, _source.Lookups);
    }

    [Fact]
    public async Task Check_WhatIsNoKey_CostsStorageNothing()
    {
        await ExpectAsync("vf_../../Keys_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "not valid");

        Assert.Equal(0, _source.Lookups);
    }

    private async Task ExpectAsync(string key, string reason)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => CheckAsync(key));
        Assert.Equal(ProblemKind.Unauthorized, problem.Kind);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    private async Task<Caller> CheckAsync(string key) => await new KeyCheck(_ring, _time).CheckAsync(key, TestContext.Current.CancellationToken);
}
