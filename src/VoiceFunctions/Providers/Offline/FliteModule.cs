using Wasmtime;

namespace VoiceFunctions.Providers.Offline;

/// <summary>flite compiled for this machine, shared by every synthesis.</summary>
internal sealed class FliteModule(Engine engine, Module module) : IDisposable
{
    /// <summary>Every this many milliseconds a guest is asked whether it may go on.</summary>
    public const int TickMilliseconds = 50;

    // A piece of text needs 20 to 45 MB, one of nothing but digits at a quarter of the speed 450 MB: flite frees nothing before its process ends.
    private const long MaxMemoryBytes = 512L << 20;
    private const int MaxFileBytes = 256 << 20;

    /// <summary>Runs flite once; the caller increments the epoch (<see cref="Tick"/>) meanwhile.</summary>
    /// <returns>The WAV file it wrote, empty when it wrote none.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    /// <exception cref="WasmtimeException">flite crashed or exceeded its memory.</exception>
    public ReadOnlyMemory<byte> Run(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var system = new FliteSystem(arguments, MaxFileBytes);
        using var linker = new Linker(engine);
        using var store = new Store(engine, system);
        FliteSystem.Define(linker);
        store.SetLimits(memorySize: MaxMemoryBytes);
        store.SetEpochDeadline(1);
        store.SetEpochDeadlineCallback(_ =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return 1;
        });

        try
        {
            linker.Instantiate(store, module).GetAction("_start")!();
        }
        catch (WasmtimeException exception) when (exception.InnerException is FliteExit { Status: 0 })
        {
            // The clean end of a WASI command.
        }
        catch (WasmtimeException exception) when (exception.InnerException is OperationCanceledException)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        return system.File;
    }

    public void Tick() => engine.IncrementEpoch();

    public void Dispose()
    {
        module.Dispose();
        engine.Dispose();
    }
}
