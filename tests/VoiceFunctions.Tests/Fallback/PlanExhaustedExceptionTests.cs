using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Fallback;

public sealed class PlanExhaustedExceptionTests
{
    [Theory]
    [InlineData(5, null, null)]
    [InlineData(2, 2.0)]
    [InlineData(30, 30.0)]
    [InlineData(2, 30.0, 2.0)]
    [InlineData(5, 3600.0, null)]
    [InlineData(3, null, 3.0)]
    public void RetryAfter_OfSeveral_IsWhenTheFirstMayBeBack(double expected, params double?[] waits)
    {
        var failures = waits.Select(wait => new ProviderException("a", ProviderFailureKind.Unavailable, "No.") { RetryAfter = wait is { } seconds ? TimeSpan.FromSeconds(seconds) : null });

        Assert.Equal(TimeSpan.FromSeconds(expected), new PlanExhaustedException("None.", [], [.. failures]).RetryAfter);
    }
}
