using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Wasmtime;

namespace VoiceFunctions.Providers.Offline;

/// <summary>
/// Compiles flite for this machine (0.25 s) or takes what an earlier process compiled (10 ms, and the code is shared with the page cache).
/// </summary>
/// <remarks>
/// Wasmtime checks its own version, its settings and the processor of what it deserialises but trusts the machine code, so the name of the cached file holds
/// the SHA-256 of its content, which is checked at every load. A file is written under another name and moved into place, so that nobody sees half of it.
/// </remarks>
internal sealed partial class FliteLoader(FliteFiles files, ILogger<FliteLoader> logger)
{
    private const string Extension = ".cwasm";

    private string Prefix => $"flite-{files.Sha256[..12]}-{typeof(Engine).Assembly.GetName().Version}-{RuntimeInformation.RuntimeIdentifier}-";

    public FliteModule Load()
    {
        var engine = new Engine(new Config().WithEpochInterruption(true));
        try
        {
            return new FliteModule(engine, LoadCached(engine) ?? Compile(engine));
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    private Module? LoadCached(Engine engine)
    {
        if (!Directory.Exists(files.CacheFolder)) return null;
        foreach (var path in Directory.EnumerateFiles(files.CacheFolder, Prefix + "*" + Extension))
        {
            try
            {
                using var stream = File.OpenRead(path);
                var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
                if (Path.GetFileName(path) == Prefix + hash + Extension) return Module.DeserializeFile(engine, "flite", path);
                LogDamaged(logger);
            }
            catch (Exception exception) when (exception is WasmtimeException or IOException or UnauthorizedAccessException)
            {
                // Made by another version or for another processor; compiling replaces it.
                LogUnusable(logger, exception);
            }

            Delete(path);
        }

        return null;
    }

    private Module Compile(Engine engine)
    {
        using var stream = File.OpenRead(files.Module);
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) != files.Sha256)
        {
            throw new InvalidDataException($"{files.Module} is damaged; run tools/install-models.mjs.");
        }

        var module = Module.FromFile(engine, files.Module);
        Store(module);
        return module;
    }

    private void Store(Module module)
    {
        var part = Path.Combine(files.CacheFolder, Path.GetRandomFileName());
        try
        {
            Directory.CreateDirectory(files.CacheFolder);
            var code = module.Serialize();
            File.WriteAllBytes(part, code);
            File.Move(part, Path.Combine(files.CacheFolder, Prefix + Convert.ToHexStringLower(SHA256.HashData(code)) + Extension), overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A read-only installation compiles at every first use.
            LogNotStored(logger, exception);
            Delete(part);
        }
    }

    private void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotStored(logger, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The cached flite is damaged and is compiled again")]
    private static partial void LogDamaged(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cached flite was made elsewhere and is compiled again")]
    private static partial void LogUnusable(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The compiled flite cannot be cached")]
    private static partial void LogNotStored(ILogger logger, Exception exception);
}
