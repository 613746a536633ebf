namespace VoiceCommand.Files;

/// <summary>A recording to transcribe: a file, or what came through standard input and was put into one, since its length must be known.</summary>
internal sealed class InputAudio : IDisposable
{
    private static readonly Dictionary<string, string> MediaTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp3"] = "audio/mpeg", [".wav"] = "audio/wav", [".ogg"] = "audio/ogg", [".opus"] = "audio/ogg", [".oga"] = "audio/ogg", [".flac"] = "audio/flac", [".aac"] = "audio/aac",
        [".m4a"] = "audio/mp4", [".mp4"] = "video/mp4", [".mov"] = "video/quicktime", [".webm"] = "video/webm", [".mkv"] = "video/x-matroska", [".aiff"] = "audio/aiff", [".amr"] = "audio/amr",
    };

    private readonly string _path;
    private readonly bool _isTemporary;

    private InputAudio(string path, bool isTemporary) => (_path, _isTemporary, Length) = (path, isTemporary, new FileInfo(path).Length);

    /// <summary>Without folders; <see langword="null"/> for standard input.</summary>
    public string? Name => _isTemporary ? null : Path.GetFileName(_path);

    public long Length { get; }

    public string MediaType => MediaTypes.GetValueOrDefault(Path.GetExtension(_path), "application/octet-stream");

    /// <exception cref="CommandException">It is not there or empty.</exception>
    public static async Task<InputAudio> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var audio = path == OutputFile.Standard ? await SpoolAsync(cancellationToken) : new InputAudio(path, isTemporary: false);
            if (audio.Length > 0) return audio;
            audio.Dispose();
            throw CommandException.Usage($"{audio.Name ?? "The input"} is empty.");
        }
        catch (FileNotFoundException exception)
        {
            throw CommandException.Usage($"There is no file {path}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    public Stream OpenRead() => File.OpenRead(_path);

    public void Dispose()
    {
        if (_isTemporary) File.Delete(_path);
    }

    private static async Task<InputAudio> SpoolAsync(CancellationToken cancellationToken)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using (var file = new FileStream(path, FileMode.Truncate, FileAccess.Write))
            await using (var input = Console.OpenStandardInput())
            {
                await input.CopyToAsync(file, cancellationToken);
            }

            return new InputAudio(path, isTemporary: true);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
