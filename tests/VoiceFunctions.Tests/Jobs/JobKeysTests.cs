using VoiceFunctions.Jobs;

namespace VoiceFunctions.Tests.Jobs;

public sealed class JobKeysTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Place_NewerJob_SortsBeforeOlder()
    {
        var places = new[] { Noon, Noon.AddTicks(1), Noon.AddYears(5), Noon.AddYears(-900) }.Select(time => (time, JobKeys.Place(time, "id"))).ToArray();

        Assert.Equal(
            places.OrderByDescending(place => place.time).Select(place => place.Item2),
            places.OrderBy(place => place.Item2, StringComparer.Ordinal).Select(place => place.Item2));
        Assert.All(places, place => Assert.True(string.CompareOrdinal(place.Item2, JobKeys.ListBegin) > 0 && string.CompareOrdinal(place.Item2, JobKeys.ListEnd) < 0));
        Assert.False(JobKeys.Record("id") is var record && string.CompareOrdinal(record, JobKeys.ListBegin) >= 0 && string.CompareOrdinal(record, JobKeys.ListEnd) < 0);
    }

    [Fact]
    public void IdOf_DependsOnEveryPartAndOnNothingElse()
    {
        string[] ids =
        [
            JobKeys.IdOf("a", "bc"), JobKeys.IdOf("ab", "c"), JobKeys.IdOf("abc", ""), JobKeys.IdOf("a", "b", "c"), JobKeys.IdOf("", "ab", "c"), JobKeys.NewId(), JobKeys.NewId(),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(JobKeys.IsId(id)));
        Assert.Equal(JobKeys.IdOf("a", "bc"), JobKeys.IdOf("a", "bc"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdeg")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("../../../../../../../../etc/pass")]
    public void IsId_WhatIsNone_IsNot(string id) => Assert.False(JobKeys.IsId(id));

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a/../b")]
    [InlineData("a b#c?d\\e")]
    public void Folder_AnyTenant_IsOneSegmentOfAPath(string tenant)
    {
        var address = new Uri($"http://localhost/container/{JobKeys.FolderOf(tenant)}/id");

        Assert.Equal(4, address.Segments.Length);
        Assert.Equal($"/container/{JobKeys.FolderOf(tenant)}/id", address.AbsolutePath);
    }
}
