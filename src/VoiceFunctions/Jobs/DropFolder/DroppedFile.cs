using VoiceFunctions.Jobs.Text;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Jobs.DropFolder;

/// <summary>A blob of the drop folder: what its name makes of it.</summary>
/// <param name="Path">Its name in the container.</param>
/// <param name="Kind">What is to be done with it.</param>
/// <param name="IsSsml">Whether a text is SSML.</param>
internal sealed record DroppedFile(string Path, JobKind Kind, bool IsSsml)
{
    private const string Audio = "stt/";
    private const string Text = "tts/";

    /// <summary>The last part of the name.</summary>
    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>What of a text is to be said: all of SSML, of Markdown what a reader sees, of plain text what is not only for the eye.</summary>
    /// <exception cref="ProblemException">The Markdown cannot be read.</exception>
    public string Clean(string text)
    {
        if (IsSsml) return text;
        if (!Path.EndsWith(".md", StringComparison.OrdinalIgnoreCase)) return TextCleaner.Clean(text);
        try
        {
            return MarkdownText.Read(text);
        }
        catch (FormatException exception)
        {
            throw new ProblemException(ProblemKind.InvalidRequest, exception.Message, exception);
        }
    }

    /// <returns><see langword="null"/> for a name that says nothing of what to do.</returns>
    public static DroppedFile? Of(string path)
    {
        if (path.StartsWith(Audio, StringComparison.Ordinal) && path.Length > Audio.Length)
        {
            return new DroppedFile(path, JobKind.Stt, IsSsml: false);
        }

        var extension = System.IO.Path.GetExtension(path).ToLowerInvariant();
        return path.StartsWith(Text, StringComparison.Ordinal) && extension is ".txt" or ".md" or ".ssml" ? new DroppedFile(path, JobKind.Tts, extension == ".ssml") : null;
    }
}
