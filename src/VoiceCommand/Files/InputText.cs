using System.Text;
using VoiceFunctions.Jobs.Text;

namespace VoiceCommand.Files;

/// <summary>A text to speak.</summary>
/// <param name="Name">Of the file, without folders; <see langword="null"/> for standard input.</param>
/// <param name="Text">What it says: of Markdown what a reader sees, of plain text what is not only for the eye.</param>
/// <param name="IsSsml">Whether it is an SSML document.</param>
internal sealed record InputText(string? Name, string Text, bool IsSsml)
{
    /// <exception cref="CommandException">It is not there, not UTF-8, or empty.</exception>
    public static async Task<InputText> ReadAsync(string path, bool isSsml, CancellationToken cancellationToken)
    {
        var name = path == OutputFile.Standard ? null : Path.GetFileName(path);
        var extension = Path.GetExtension(name)?.ToLowerInvariant();
        isSsml |= extension is ".ssml" or ".xml";
        try
        {
            await using var stream = name is null ? Console.OpenStandardInput() : File.OpenRead(path);
            using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            var raw = await reader.ReadToEndAsync(cancellationToken);
            var text = isSsml ? raw : extension is ".md" or ".markdown" ? MarkdownText.Read(raw) : TextCleaner.Clean(raw);
            return string.IsNullOrWhiteSpace(text) ? throw CommandException.Usage($"There is nothing to say in {name ?? "the input"}.") : new InputText(name, text, isSsml);
        }
        catch (DecoderFallbackException exception)
        {
            throw CommandException.Usage($"{name ?? "The input"} is not UTF-8 text.", exception);
        }
        catch (FileNotFoundException exception)
        {
            throw CommandException.Usage($"There is no file {path}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw CommandException.Usage($"{name ?? "The input"} cannot be read: {exception.Message}", exception);
        }
    }
}
