using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Fallback;

public sealed class AttemptCostsTests
{
    private static readonly SpeechAttempt NotBilled = new("a", "m", "unavailable", Detail: null, 0.1);

    [Fact]
    public void Total_BilledFailures_AreAdded() =>
        Assert.Equal(0.6m, AttemptCosts.Total(0.1m, [NotBilled, NotBilled with { Billed = true, CostUsd = 0.2m }, NotBilled with { Billed = true, CostUsd = 0.3m }]));

    [Fact]
    public void Total_PriceOfOneNotKnown_IsNotKnown() => Assert.Null(AttemptCosts.Total(0.1m, [NotBilled with { Billed = true }]));

    [Fact]
    public void Total_AnswerOfUnknownPrice_IsNotKnown() => Assert.Null(AttemptCosts.Total(answer: null, [NotBilled]));

    [Fact]
    public void Total_NothingFailed_IsTheAnswer() => Assert.Equal(0m, AttemptCosts.Total(0m, []));
}
