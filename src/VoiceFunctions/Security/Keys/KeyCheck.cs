using VoiceFunctions.Problems;

namespace VoiceFunctions.Security.Keys;

/// <summary>Tells whose a key is.</summary>
internal sealed class KeyCheck(KeyRing ring, TimeProvider time)
{
    /// <param name="key">As the caller sent it.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ProblemException">It is no key that is good now, or that cannot be told.</exception>
    public ValueTask<Caller> CheckAsync(string key, CancellationToken cancellationToken)
    {
        if (!KeyText.TryParse(key, out var id, out var secret))
        {
            throw Refusal("The key is not valid.");
        }

        var finding = ring.FindAsync(id, cancellationToken);
        return finding.IsCompletedSuccessfully ? new(Check(finding.Result, secret)) : new(CheckAsync(finding, secret.ToString()));
    }

    private async Task<Caller> CheckAsync(ValueTask<AccessKey?> finding, string secret) => Check(await finding, secret);

    private Caller Check(AccessKey? key, ReadOnlySpan<char> secret)
    {
        // One way for all, so that the time that it takes does not tell which ids there are.
        if (!(key?.Hash ?? KeyHash.Nobody).Matches(secret) || key is null)
        {
            throw Refusal("The key is not valid.");
        }

        if (key.RevokedAt is not null)
        {
            throw Refusal("The key has been revoked.");
        }

        return key.ExpiresAt <= time.GetUtcNow() ? throw Refusal("The key has expired.") : key.Caller;
    }

    private static ProblemException Refusal(string detail) => new(ProblemKind.Unauthorized, detail);
}
