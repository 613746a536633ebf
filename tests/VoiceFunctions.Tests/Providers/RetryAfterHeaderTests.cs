using CsCheck;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Providers;

public sealed class RetryAfterHeaderTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData("1.5", 1.5)]
    [InlineData("86401", 86_400)]
    [InlineData("99999999999999999999999999", 86_400)]
    [InlineData("Sun, 22 Nov 2026 12:00:30 GMT", 30)]
    [InlineData("Sunday, 22-Nov-26 12:00:30 GMT", 30)]
    [InlineData("Sun Nov 22 12:00:30 2026", 30)]
    [InlineData("Sun, 22 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("Fri, 22 Nov 2030 12:00:00 GMT", 86_400)]
    public void Read_RetryAfter_IsSecondsOrADate(string value, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Read(("Retry-After", value)));

    [Theory]
    [InlineData("")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e3")]
    [InlineData("12:00")]
    [InlineData("5/6")]
    public void Read_NoNumberAndNoDate_IsNotBelieved(string value) => Assert.Null(Read(("Retry-After", value)));

    [Fact]
    public void Read_NoHeader_IsNull() => Assert.Null(Read());

    [Fact]
    public void Read_Milliseconds_GoBeforeSeconds()
    {
        Assert.Equal(TimeSpan.FromMilliseconds(250), Read(("retry-after-ms", "250"), ("Retry-After", "1")));
        Assert.Equal(TimeSpan.FromSeconds(1), Read(("retry-after-ms", "soon"), ("Retry-After", "1")));
        Assert.Equal(TimeSpan.FromDays(1), Read(("retry-after-ms", "1e400"), ("Retry-After", "1000000")));
    }

    [Fact]
    public void Read_Anything_IsWithinADay() => Gen.String.Sample(value => Read(("Retry-After", value)) is not { } wait || (wait >= TimeSpan.Zero && wait <= TimeSpan.FromDays(1)));

    private static TimeSpan? Read(params (string Name, string Value)[] headers) =>
        RetryAfterHeader.Read(name => headers.FirstOrDefault(header => header.Name == name).Value, Time);
}
