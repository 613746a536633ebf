using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Tests.Resilience;

public sealed class FailurePolicyTests
{
    [Theory]
    [InlineData(ProviderFailureKind.Unavailable, true, true, true)]
    [InlineData(ProviderFailureKind.Timeout, true, false, true)]
    [InlineData(ProviderFailureKind.RateLimited, true, true, true)]
    [InlineData(ProviderFailureKind.Unauthorized, false, false, true)]
    [InlineData(ProviderFailureKind.InvalidRequest, false, false, false)]
    [InlineData(ProviderFailureKind.UnsupportedLanguage, false, false, false)]
    [InlineData(ProviderFailureKind.BadResult, true, true, true)]
    [InlineData(ProviderFailureKind.NotRecognised, false, false, false)]
    [InlineData(ProviderFailureKind.Overloaded, true, false, false)]
    [InlineData(ProviderFailureKind.CircuitOpen, true, false, false)]
    public void Kind_DecidesWhatFollows(ProviderFailureKind kind, bool transient, bool retriedAtOnce, bool counts)
    {
        Assert.Equal(transient, FailurePolicy.IsTransient(kind));
        Assert.Equal(retriedAtOnce, FailurePolicy.IsWorthAnImmediateRetry(new ProviderException("a", kind, "No."), TimeSpan.FromSeconds(3)));
        Assert.Equal(counts, FailurePolicy.CountsAgainstProvider(kind));
        Assert.True(FailurePolicy.MovesOn(kind, nextCanDoMore: true));
        Assert.Equal(kind != ProviderFailureKind.InvalidRequest, FailurePolicy.MovesOn(kind, nextCanDoMore: false));
    }

    [Theory]
    [InlineData(2.9, true)]
    [InlineData(3, true)]
    [InlineData(3.1, false)]
    public void IsWorthAnImmediateRetry_WaitAskedFor_IsBounded(double seconds, bool worth)
    {
        var failure = new ProviderException("a", ProviderFailureKind.RateLimited, "No.") { RetryAfter = TimeSpan.FromSeconds(seconds) };

        Assert.Equal(worth, FailurePolicy.IsWorthAnImmediateRetry(failure, TimeSpan.FromSeconds(3)));
    }
}
