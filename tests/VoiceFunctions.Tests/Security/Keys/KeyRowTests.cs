using Azure.Data.Tables;
using VoiceFunctions.Security;
using VoiceFunctions.Security.Keys;

namespace VoiceFunctions.Tests.Security.Keys;

public sealed class KeyRowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_OfWhatWasWritten_IsTheSameKey(bool full)
    {
        var (text, key) = TestKey.Make(AccessRights.Speak | AccessRights.Usage);
        key = full
            ? key with
            {
                Caller = key.Caller with { RequestsPerMinute = 7, MonthlyBudgetUsd = 0.000_001m },
                CreatedAt = Noon,
                ExpiresAt = Noon.AddDays(1),
                RevokedAt = Noon.AddHours(1),
            }
            : key with { CreatedAt = Noon };

        var read = KeyRow.Read(KeyRow.Write("key", key));

        Assert.Equal(key with { Hash = read.Hash }, read);
        Assert.True(KeyText.TryParse(text, out _, out var secret));
        Assert.True(read.Hash.Matches(secret));
    }

    [Fact]
    public void Write_HasNoSecretInIt()
    {
        var (text, key) = TestKey.Make();
        var secret = text[^43..];

        Assert.DoesNotContain(KeyRow.Write("key", key), property => $"{property.Value}".Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OfARowThatIsNoKey_SaysSo() => Assert.Throws<InvalidDataException>(() => KeyRow.Read(new TableEntity("key", "abcdefghijkl") { ["Tenant"] = "acme" }));

    [Fact]
    public void Read_OfRightsThatAreNotKnown_GivesNone()
    {
        var row = KeyRow.Write("key", TestKey.Make().Stored);
        row["Rights"] = "speak,fly";

        Assert.Throws<InvalidDataException>(() => KeyRow.Read(row));
    }
}
