using CsCheck;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

public sealed class UsageKeyTests
{
    private static readonly DateOnly Day = new(2026, 11, 22);

    /// <summary>Short names of what is awkward in a key, so that two are often nearly the same, and any others.</summary>
    private static readonly Gen<string> Tenant = Gen.OneOf(Gen.OneOf('/', '\\', '#', '?', '~', '_', '0', '2', 'f', 'a', 'A', '\0', '\u0085', '\uD800', '\uDC00').Array[0, 6].Select(
        units => new string(units)), Gen.String);

    [Fact]
    public void Partition_OfAnyTenant_IsAKeyThatStorageTakes() => Tenant.Sample(tenant =>
    {
        var key = new UsagePartition(tenant, Day).ToString();
        return key.Length <= 512 && key.All(unit => unit is > '\u001F' and < '\u007F' and not ('/' or '\\' or '#' or '?' or '%' or '\''));
    });

    [Fact]
    public void Partition_OfTwoTenants_IsNeverTheSame() => Gen.Select(Tenant, Tenant).Sample((one, other) =>
        (one == other) == (new UsagePartition(one, Day).ToString() == new UsagePartition(other, Day).ToString()));

    [Theory]
    [InlineData("default", "default_20261122")]
    [InlineData("Ann & Co./EU", "Ann~0020~0026~0020Co.~002fEU_20261122")]
    [InlineData("a_20261121", "a~005f20261121_20261122")]
    [InlineData("~002f", "~007e002f_20261122")]
    [InlineData("", "_20261122")]
    public void Partition_OfATenant_ReadsLikeIt(string tenant, string key) => Assert.Equal(key, new UsagePartition(tenant, Day).ToString());

    [Fact]
    public void Partition_OfLongNames_StaysAKeyAndApart()
    {
        string[] tenants = [new('/', 300), new('/', 301), $"{new string('/', 299)}?", new('a', 400), new('a', 401), $"{new string('a', 400)}~~"];

        var keys = tenants.Select(tenant => new UsagePartition(tenant, Day).ToString()).ToArray();

        Assert.Distinct(keys);
        Assert.All(keys, key => Assert.InRange(key.Length, 1, 512));
    }

    [Fact]
    public void Row_OfAMinute_SortsWithinItAndTellsIt()
    {
        var key = new UsageRowKey(new TimeOnly(9, 59), "instance", 12).ToString();

        Assert.Equal("0959_instance_12", key);
        Assert.Equal(new TimeOnly(9, 59), UsageRowKey.MinuteOf(key));
        Assert.InRange(string.CompareOrdinal(key, UsageRowKey.First(new TimeOnly(9, 59))), 1, int.MaxValue);
        Assert.InRange(string.CompareOrdinal(key, UsageRowKey.First(new TimeOnly(10, 0))), int.MinValue, -1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2460_a_1")]
    [InlineData("abcd_a_1")]
    public void Row_OfNoMinute_IsRefused(string key) => Assert.Throws<InvalidDataException>(() => UsageRowKey.MinuteOf(key));
}
