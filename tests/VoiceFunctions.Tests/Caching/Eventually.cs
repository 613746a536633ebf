namespace VoiceFunctions.Tests.Caching;

/// <summary>Waits for what happens behind a caller's back.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <exception cref="TimeoutException">It did not come about.</exception>
    public static async Task TrueAsync(Func<bool> condition, string what) => await TrueAsync(() => Task.FromResult(condition()), what);

    /// <exception cref="TimeoutException">It did not come about.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"It never came about: {what}.");
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
