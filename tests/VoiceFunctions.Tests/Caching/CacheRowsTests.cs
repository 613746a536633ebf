using CsCheck;
using VoiceFunctions.Caching;

namespace VoiceFunctions.Tests.Caching;

public sealed class CacheRowsTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 22, 23, 59, 59, TimeSpan.Zero);

    [Fact]
    public void Partition_Tenants_AreToldApartAndFitIntoAKey() => Gen.Select(Gen.String, Gen.String).Sample((one, other) =>
    {
        var (first, second) = (CacheRows.Partition(one, Day), CacheRows.Partition(other, Day));

        Assert.Equal(one == other, first == second);
        Assert.Matches(@"^[A-Za-z0-9._~-]*\|20261122$", first);
        Assert.Equal(first, CacheRows.Partition(CacheRows.Parse(first)!.Value.Tenant, CacheRows.Parse(first)!.Value.Day));
    });

    [Fact]
    public void Partition_LocalTime_IsOfTheDayInUtc() => Assert.Equal("t|20261122", CacheRows.Partition("t", new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.FromHours(2))));

    [Theory]
    [InlineData("")]
    [InlineData("t")]
    [InlineData("t|2026")]
    [InlineData("t|20261322")]
    [InlineData("t|20261122|x")]
    public void Parse_NoPartition_IsNull(string text) => Assert.Null(CacheRows.Parse(text));

    [Fact]
    public void NewBlob_Key_NamesItsOwnerAndNeverTheSameTwice()
    {
        var key = new SpeechCacheKey(1, 2);

        Assert.Equal(key.ToString(), CacheRows.Owner(CacheRows.NewBlob(key)));
        Assert.NotEqual(CacheRows.NewBlob(key), CacheRows.NewBlob(key));
    }
}
