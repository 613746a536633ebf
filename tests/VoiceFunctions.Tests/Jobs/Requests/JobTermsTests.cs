using VoiceFunctions.Jobs.Requests;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Tests.Jobs.Requests;

public sealed class JobTermsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Secret = new('s', 16);

    [Theory]
    [InlineData("https://example.com/hook?id=1")]
    [InlineData("http://example.com:8080/")]
    public void Check_GoodTerms_FindsNothing(string url) => Assert.Empty(Check(new("A title", Noon, url, Secret)));

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("example.com/hook")]
    [InlineData("/hook")]
    [InlineData("https://user:password@example.com/")]
    [InlineData("https://example.com/#fragment")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    public void Check_AddressThatCannotBeCalled_NamesIt(string url) => Assert.Equal(["callbackUrl"], Check(new(null, null, url, Secret)));

    [Fact]
    public void Check_EachLimit_NamesItsField()
    {
        Assert.Equal(["title"], Check(new("", null, null, null)));
        Assert.Equal(["title"], Check(new(new string('t', 201), null, null, null)));
        Assert.Equal(["title"], Check(new("two\nlines", null, null, null)));
        Assert.Equal(["callbackSecret"], Check(new(null, null, "https://example.com", null)));
        Assert.Equal(["callbackUrl"], Check(new(null, null, null, Secret)));
        Assert.Equal(["callbackSecret"], Check(new(null, null, "https://example.com", new string('s', 15))));
        Assert.Equal(["callbackSecret"], Check(new(null, null, "https://example.com", new string('s', 129))));
        Assert.Empty(Check(new(new string('t', 200), null, "https://example.com", new string('s', 128))));
        Assert.Equal(["callbackUrl"], Check(new(null, null, "https://example.com/" + new string('x', 2048), Secret)));
    }

    [Fact]
    public void EndOf_Deadline_IsHeldToTheNextDays()
    {
        Assert.Equal(Noon.AddHours(1), new JobTerms(null, null, null, null).EndOf(Noon, TimeSpan.FromHours(1)));
        Assert.Equal(Noon.AddDays(7), new JobTerms(null, Noon.AddDays(7), null, null).EndOf(Noon, TimeSpan.FromHours(1)));
        foreach (var deadline in new[] { Noon, Noon.AddSeconds(-1), Noon.AddDays(7).AddTicks(1), DateTimeOffset.MinValue, DateTimeOffset.MaxValue })
        {
            var problem = Assert.Throws<ProblemException>(() => new JobTerms(null, deadline, null, null).EndOf(Noon, TimeSpan.FromHours(1)));
            Assert.Contains("deadline", problem.Errors!.Keys);
        }
    }

    private static IEnumerable<string> Check(JobTerms terms)
    {
        var errors = new FieldErrors();
        terms.Check(errors);
        return (Record.Exception(errors.ThrowIfAny) as ProblemException)?.Errors?.Keys ?? [];
    }
}
