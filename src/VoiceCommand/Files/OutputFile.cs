namespace VoiceCommand.Files;

/// <summary>Where a result goes: a file, or <c>-</c> for standard output.</summary>
internal sealed record OutputFile(string Path)
{
    public const string Standard = "-";

    public bool IsStandard => Path == Standard;

    /// <summary>In small letters and without its dot; empty for standard output.</summary>
    public string Extension => IsStandard ? "" : System.IO.Path.GetExtension(Path).TrimStart('.').ToLowerInvariant();

    /// <exception cref="CommandException">It is there already, or its folder is not.</exception>
    public void Demand(bool overwrite)
    {
        if (IsStandard) return;
        if (Directory.Exists(Path)) throw CommandException.Usage($"{Path} is a folder.");
        if (!overwrite && File.Exists(Path)) throw CommandException.Usage($"{Path} is there already. Use --force to overwrite it, or -o to write elsewhere.");
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
        if (!Directory.Exists(folder)) throw CommandException.Usage($"There is no folder {folder}.");
    }

    /// <summary>Writes the whole or nothing: a file appears under its name when it is complete.</summary>
    public async Task WriteAsync(Func<Stream, Task> write)
    {
        if (IsStandard)
        {
            await using var output = Console.OpenStandardOutput();
            await write(output);
            return;
        }

        var part = $"{Path}.{Guid.NewGuid().ToString("N")[..8]}.part";
        try
        {
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write)) await write(file);
            File.Move(part, Path, overwrite: true);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw CommandException.Usage($"{Path} cannot be written: {exception.Message}", exception);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
