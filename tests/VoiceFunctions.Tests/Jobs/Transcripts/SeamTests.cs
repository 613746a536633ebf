using CsCheck;
using VoiceFunctions.Jobs.Transcripts;

namespace VoiceFunctions.Tests.Jobs.Transcripts;

public class SeamTests
{
    // What was said before, in and after the overlap, all words different.
    private static readonly Gen<(string[] Before, string[] Shared, string[] After)> Said = Gen.Select(
        Gen.Int[0, 12], Gen.Int[2, 12], Gen.Int[0, 12], (before, shared, after) => (Words(0, before), Words(before, shared), Words(before + shared, after)));

    [Fact]
    public void Find_SameWords_GivesEachOnce() => Said.Sample(said =>
    {
        var (end, beginning) = ((string[])[.. said.Before, .. said.Shared], (string[])[.. said.Shared, .. said.After]);

        var seam = Seam.Find(end, beginning, leastMatches: 2);

        Assert.NotNull(seam);
        Assert.Equal([.. said.Before, .. said.Shared, .. said.After], Joined(end, beginning, seam.Value));
    });

    [Fact]
    public void Find_EdgesMisheard_GivesEachOnce() => Said.Where(said => said.Shared.Length >= 5).Sample(said =>
    {
        // The first piece ends in half a word, and the second begins with one.
        string[] end = [.. said.Before, .. said.Shared[..^1], "half"];
        string[] beginning = ["word", .. said.Shared[1..], .. said.After];

        var seam = Seam.Find(end, beginning, leastMatches: 2);

        Assert.NotNull(seam);
        Assert.Equal([.. said.Before, .. said.Shared, .. said.After], Joined(end, beginning, seam.Value));
    });

    [Fact]
    public void Find_OneWordInTheMiddleMisheard_GivesTheOthersOnce() => Gen.Select(Said.Where(said => said.Shared.Length >= 6), Gen.Int[0, 100]).Sample((said, place) =>
    {
        var other = said.Shared.ToArray();
        other[1 + (place % (other.Length - 2))] = "other";
        string[] end = [.. said.Before, .. said.Shared];
        string[] beginning = [.. other, .. said.After];

        var seam = Seam.Find(end, beginning, leastMatches: 2);

        Assert.NotNull(seam);
        var joined = Joined(end, beginning, seam.Value);
        Assert.Equal(said.Before.Length + said.Shared.Length + said.After.Length, joined.Length);
        Assert.All(said.Before.Concat(said.After), word => Assert.Single(joined, word));
    });

    [Fact]
    public void Find_NothingInCommon_IsNone() => Assert.Null(Seam.Find(Words(0, 5), Words(5, 5), leastMatches: 2));

    [Fact]
    public void Find_OneCommonWord_IsChanceWhereTwoAreNeeded()
    {
        Assert.Null(Seam.Find(["so", "the"], ["the", "end"], leastMatches: 2));
        Assert.Equal(new Seam(0, 1), Seam.Find(["so", "the"], ["the", "end"], leastMatches: 1));
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 0)]
    [InlineData(0, 0)]
    public void Find_NothingOnOneSide_IsNone(int end, int beginning) => Assert.Null(Seam.Find(Words(0, end), Words(0, beginning), leastMatches: 1));

    private static string[] Words(int first, int count) => [.. Enumerable.Range(first, count).Select(number => $"w{number}")];

    private static string[] Joined(string[] end, string[] beginning, Seam seam) => [.. end[..^seam.OffEnd], .. beginning[seam.OffBeginning..]];
}
