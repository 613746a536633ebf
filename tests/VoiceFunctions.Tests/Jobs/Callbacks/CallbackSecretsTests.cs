using System.Security.Cryptography;
using VoiceFunctions.Jobs.Callbacks;

namespace VoiceFunctions.Tests.Jobs.Callbacks;

public sealed class CallbackSecretsTests(JobAccount account) : IClassFixture<JobAccount>
{
    private const string Secret = "0123456789abcdef";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DecryptAsync_ByAnotherInstance_GivesTheSecretBack()
    {
        await using var one = new JobBench(account.Emulator);
        await using var other = new JobBench(account.Emulator);

        var both = await Task.WhenAll(one.Get<CallbackSecrets>().EncryptAsync(Secret, "job", Cancelled), other.Get<CallbackSecrets>().EncryptAsync(Secret, "job", Cancelled));

        Assert.NotEqual(both[0], both[1]);
        Assert.Equal(Secret, await other.Get<CallbackSecrets>().DecryptAsync(both[0], "job", Cancelled));
        Assert.Equal(Secret, await one.Get<CallbackSecrets>().DecryptAsync(both[1], "job", Cancelled));
        Assert.Equal(await one.Get<CallbackSecrets>().FingerprintAsync(Secret, Cancelled), await other.Get<CallbackSecrets>().FingerprintAsync(Secret, Cancelled));
    }

    [Fact]
    public async Task DecryptAsync_OfAnotherJobOrKeyOrDamaged_Fails()
    {
        await using var bench = new JobBench(account.Emulator);
        await using var keyed = new JobBench(account.Emulator, ("Callbacks:EncryptionKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        var stored = await bench.Get<CallbackSecrets>().EncryptAsync(Secret, "job", Cancelled);
        var damaged = Convert.FromBase64String(stored);
        damaged[^1] ^= 1;

        await Assert.ThrowsAnyAsync<CryptographicException>(() => bench.Get<CallbackSecrets>().DecryptAsync(stored, "another job", Cancelled));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => keyed.Get<CallbackSecrets>().DecryptAsync(stored, "job", Cancelled));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => bench.Get<CallbackSecrets>().DecryptAsync(Convert.ToBase64String(damaged), "job", Cancelled));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => bench.Get<CallbackSecrets>().DecryptAsync("AAAA", "job", Cancelled));
        Assert.NotEqual(await bench.Get<CallbackSecrets>().FingerprintAsync(Secret, Cancelled), await keyed.Get<CallbackSecrets>().FingerprintAsync(Secret, Cancelled));
    }
}
