using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace EmbeddedFunctions.Tests;

/// <summary>Waits for what comes about without a signal, within a bound.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < Patience, $"This did not come about: {what}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
