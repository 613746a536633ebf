using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Fallback;

public sealed class ProviderOrderTests
{
    private static readonly ProviderCatalog Catalog = TestCatalog.Of(
        TestCatalog.Speaker("a"), TestCatalog.Speaker("b"), TestCatalog.Speaker("off") with { Unconfigured = "No key." }, TestCatalog.Speaker("c"));

    [Fact]
    public void For_NothingAsked_IsTheOrderOfRegistration() => Assert.Equal("a b c", For(new SpeechCall()));

    [Theory]
    [InlineData("c a b", "c")]
    [InlineData("c b a", "C", "b")]
    [InlineData("b a c", "b", "b", "B")]
    [InlineData("b a c", "off", "nobody", "b")]
    public void For_ConfiguredOrder_GoesFirstAndTheRestFollows(string expected, params string[] configured) =>
        Assert.Equal(expected, For(new SpeechCall(), configured));

    [Theory]
    [InlineData("b a", "b", "a")]
    [InlineData("b", "B", "b")]
    [InlineData("c", "off", "c")]
    [InlineData("", "off")]
    public void For_CallersOrder_IsThatAndNoMore(string expected, params string[] providers) =>
        Assert.Equal(expected, For(new SpeechCall { Providers = providers }, "a"));

    [Fact]
    public void For_Pinned_IsThatAlone() => Assert.Equal("b", For(new SpeechCall { Provider = "B" }, "a"));

    [Fact]
    public void For_PinnedAndNotConfigured_TellsWhy()
    {
        var problem = Assert.Throws<ProblemException>(() => For(new SpeechCall { Provider = "off" }));

        Assert.Equal(["provider"], problem.Errors!.Keys);
        Assert.Contains("No key.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_Unknown_NamesTheField()
    {
        Assert.Equal(["provider"], Assert.Throws<ProblemException>(() => For(new SpeechCall { Provider = "nobody" })).Errors!.Keys);
        Assert.Equal(["providers"], Assert.Throws<ProblemException>(() => For(new SpeechCall { Providers = ["a", "nobody"] })).Errors!.Keys);
    }

    private static string For(SpeechCall call, params string[] configured) =>
        string.Join(' ', TestCatalog.Order(Catalog, configured).For(call).Select(provider => provider.Name));
}
