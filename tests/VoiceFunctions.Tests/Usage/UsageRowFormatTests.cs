using CsCheck;
using VoiceFunctions.Resilience;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

public sealed class UsageRowFormatTests
{
    [Fact]
    public void Read_OfWhatWasWritten_IsTheSame() => UsageCalls.Any.Array[0, 60].Sample(calls =>
    {
        var page = UsageCalls.Sum(calls);

        var read = UsageRowFormat.Read(UsageRowFormat.Write(page));

        Assert.Equal(page.Select(pair => pair.Key), read.Select(pair => pair.Key));
        Assert.Equal(page.Select(pair => pair.Value.Bytes()), read.Select(pair => pair.Value.Bytes()));
    });

    [Fact]
    public void Merge_InAnyOrder_GivesTheSameSums() => UsageCalls.Any.Array[1, 60].Sample(calls =>
    {
        static UsageSums Of(IEnumerable<UsageRecord> some)
        {
            var sums = new UsageSums();
            foreach (var call in some)
            {
                sums.Add(call);
            }

            return sums;
        }

        var (whole, merged) = (Of(calls), Of(calls[(calls.Length / 2)..].Reverse()));
        merged.Merge(Of(calls[..(calls.Length / 2)]));
        Assert.Equal(
            (whole.Requests, whole.Characters, whole.AudioMicroseconds, whole.Units, whole.CostUsd, whole.SavedUsd, whole.Unpriced, whole.UnpricedSavings),
            (merged.Requests, merged.Characters, merged.AudioMicroseconds, merged.Units, merged.CostUsd, merged.SavedUsd, merged.Unpriced, merged.UnpricedSavings));
        Assert.Equal(calls.Sum(call => call.CostUsd ?? 0), whole.CostUsd);
    });

    [Fact]
    public void Read_OfDamagedBytes_SaysSo() => Gen.Select(UsageCalls.Any.Array[1, 5], Gen.Int, Gen.Byte).Sample((calls, position, value) =>
    {
        var bytes = UsageRowFormat.Write(UsageCalls.Sum(calls));
        bytes[Math.Abs(position % bytes.Length)] = value;
        AssertReadsOrRefuses(bytes);
        AssertReadsOrRefuses(bytes[..Math.Abs(position % bytes.Length)]);
    });

    [Fact]
    public void Read_OfAnotherVersion_Refuses() => Assert.Throws<InvalidDataException>(() => UsageRowFormat.Read([2, 0, 0]));

    [Fact]
    public void Write_TheLargestPage_FitsIntoARow()
    {
        var random = new Random(1);
        var longest = string.Concat(Enumerable.Repeat("語", UsageSeries.MaxName * 2));
        var page = Enumerable.Range(0, UsagePage.MaxSeries).Select(number =>
        {
            var name = $"{number}{longest}";
            var series = new UsageSeries { KeyName = name, Provider = $"p{name}", Model = $"m{name}", Operation = SpeechOperation.Synthesis, Outcome = "providers_unavailable" };
            var sums = new UsageSums();
            for (var call = 0; call < 20_000; call++)
            {
                // Of every size alike, so that every bucket is used.
                sums.Add(new UsageRecord("t", series)
                {
                    Latency = TimeSpan.FromMicroseconds(Math.Pow(2, 32 * random.NextDouble())), CostUsd = 1_000_000.123456789012m, SavedUsd = 1_000_000.123456789012m, Units = 1_000_000.123456m,
                });
            }

            return KeyValuePair.Create(series, sums);
        }).ToArray();

        // 1 MB is the limit of a row (Microsoft, "Understanding the Table service data model").
        Assert.InRange(UsageRowFormat.Write(page).Length, 300_000, 1_000_000);
    }

    private static void AssertReadsOrRefuses(byte[] bytes)
    {
        try
        {
            Assert.NotNull(UsageRowFormat.Read(bytes));
        }
        catch (InvalidDataException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
    }
}
