using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace VoiceFunctions.EndToEnd.Audio;

/// <summary>
/// The telephone prompts of Debian's asterisk-core-sounds-en-g722, spoken by Allison Smith, with the transcripts of asterisk-core-sounds-en: those of four words and more
/// whose transcript is nothing but words.
/// </summary>
internal static partial class Prompt
{
    public const int SampleRate = 16_000;

    private const string Folder = "/usr/share/asterisk/sounds/en_US_f_Allison";
    private const string Transcripts = "/usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz";
    private const int FewestWords = 4;

    /// <summary>The path of each recording, bare G.722, and what is said in it.</summary>
    public static async Task<IReadOnlyList<(string Path, string Transcript)>> ListAsync()
    {
        await using var file = File.OpenRead(Transcripts);
        await using var text = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(text);
        var prompts = new List<(string, string)>();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (Line().Match(line) is not { Success: true } match) continue;
            var transcript = match.Groups["text"].Value;
            var path = Path.Combine(Folder, match.Groups["name"].Value + ".g722");
            if (transcript.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= FewestWords && File.Exists(path)) prompts.Add((path, transcript));
        }

        return prompts;
    }

    /// <summary>16-bit samples at <see cref="SampleRate"/>.</summary>
    public static async Task<byte[]> DecodeAsync(string path)
    {
        var start = new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-f", "g722", "-i", path, "-ar", $"{SampleRate}", "-ac", "1", "-f", "s16le", "pipe:1"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var samples = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(samples);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return samples.ToArray();
    }

    // "name: What is said." A remark in brackets, a key of the telephone or a number in figures could be said in more ways than one.
    [GeneratedRegex(@"^(?<name>[\w/-]+): (?<text>[^\[\]*#<>(){}&]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}
