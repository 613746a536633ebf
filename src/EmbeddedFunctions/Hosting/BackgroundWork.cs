namespace EmbeddedFunctions.Hosting;

/// <summary>The loops of a source: started together, cancelled together, waited for together.</summary>
internal sealed class BackgroundWork : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];

    /// <param name="loop">Ends when its token is cancelled, and throws nothing else.</param>
    public void Start(Func<CancellationToken, Task> loop) => _loops.Add(Task.Run(() => loop(_stop.Token), CancellationToken.None));

    /// <summary>Cancels the loops and waits for them until the token is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();
}
