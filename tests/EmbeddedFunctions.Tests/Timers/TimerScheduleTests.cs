using System.Globalization;
using EmbeddedFunctions.Hosting.Timers;

namespace EmbeddedFunctions.Tests.Timers;

public sealed class TimerScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-03-01T10:02:30", "2026-03-01T10:05:00")]
    [InlineData("0 */5 * * * *", "2026-03-01T10:05:00", "2026-03-01T10:10:00")]
    [InlineData("*/5 * * * *", "2026-03-01T10:02:30", "2026-03-01T10:05:00")]
    [InlineData("30 4 * * *", "2026-03-01T10:02:30", "2026-03-02T04:30:00")]
    [InlineData("15 30 9 * * MON-FRI", "2026-03-06T10:00:00", "2026-03-09T09:30:15")]
    [InlineData("0 0 0 29 2 *", "2026-03-01T00:00:00", "2028-02-29T00:00:00")]
    [InlineData("00:00:10", "2026-03-01T10:02:30", "2026-03-01T10:02:40")]
    [InlineData("1.00:00:00", "2026-02-28T10:02:30", "2026-03-01T10:02:30")]
    public void Next_Expression_IsTheFirstTimeAfter(string expression, string after, string next) =>
        Assert.Equal(Utc(next), TimerSchedule.Parse(expression)!.Next(Utc(after)));

    [Fact]
    public void Next_Cron_IsInUtc() => Assert.Equal(DateTimeKind.Utc, TimerSchedule.Parse("0 * * * * *")!.Next(Utc("2026-03-01T10:02:30"))!.Value.Kind);

    [Theory]
    [InlineData("")]
    [InlineData("every minute")]
    [InlineData("* * * *")]
    [InlineData("0 0 0 0 * * *")]
    [InlineData("61 * * * * *")]
    [InlineData("00:00:00")]
    [InlineData("-00:05:00")]
    public void Parse_NoSchedule_IsNull(string expression) => Assert.Null(TimerSchedule.Parse(expression));

    [Theory]
    [InlineData("0 0 0 30 2 *")]
    [InlineData("10675199.00:00:00")]
    public void Next_NeverComes_IsNull(string expression) => Assert.Null(TimerSchedule.Parse(expression)!.Next(Utc("2026-03-01T10:02:30")));

    [Theory]
    [InlineData("*/10 * * * * *", true)]
    [InlineData("0,30 * * * * *", true)]
    [InlineData("*/10 */1 * * * *", true)]
    [InlineData("0 * * * * *", false)]
    [InlineData("* * * * *", false)]
    [InlineData("*/10 0 * * * *", false)]
    [InlineData("*/10 * 3 * * *", false)]
    [InlineData("00:00:59", true)]
    [InlineData("00:01:00", false)]
    public void IsFrequent_Expression_IsAsOfficially(string expression, bool expected) =>
        Assert.Equal(expected, TimerSchedule.Parse(expression)!.IsFrequent(Utc("2026-03-01T10:02:29")));

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
