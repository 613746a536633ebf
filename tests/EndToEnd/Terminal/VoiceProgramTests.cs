using System.Text;
using System.Text.RegularExpressions;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Terminal;

public sealed partial class VoiceProgramTests(RunningApp app) : IClassFixture<RunningApp>, IDisposable
{
    private const char Escape = '\e';

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voice-program-");

    private VoiceProgram Voice => new(app.Client.BaseAddress!, _folder.FullName);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Speak_File_WritesAudioAndCaptionsBesideIt()
    {
        await WriteAsync("story.md", "# A story\n\nIt was **once** upon a [time](http://127.0.0.1/).");

        var end = await Voice.RunAsync(["speak", "story.md", "-o", "story.wav", "--captions", "--voice", "narrator"]);

        Assert.True(end.ExitCode == 0, end.Shown);
        Assert.Equal(["story.md", "story.srt", "story.vtt", "story.wav"], Files());
        var (seconds, peak) = await Converter.PlayAsync(await File.ReadAllBytesAsync(Path("story.wav"), Token));
        Assert.InRange(seconds, 1, 8);
        Assert.InRange(peak, 0.05, 1);
        var captions = await File.ReadAllTextAsync(Path("story.srt"), Token);
        Assert.Contains("A story", captions, StringComparison.Ordinal);
        Assert.Contains("It was once upon a time.", captions, StringComparison.Ordinal);
        Assert.Contains("Wrote story.wav", end.Shown, StringComparison.Ordinal);
        Assert.Empty(end.Output);
    }

    [Fact]
    public async Task Speak_InAPipe_IsAudioAndNothingElse()
    {
        var end = await Voice.RunAsync(["speak", "-", "--format", "flac"], "Some words through a pipe."u8.ToArray());

        Assert.True(end.ExitCode == 0, end.Shown);
        Assert.Equal("fLaC"u8.ToArray(), end.Output[..4]);
        Assert.DoesNotContain(Escape, end.Shown);
        Assert.InRange((await Converter.PlayAsync(end.Output)).Seconds, 0.8, 5);
    }

    [Fact]
    public async Task Transcribe_File_WritesEachKind()
    {
        var end = await Voice.RunAsync(["transcribe", Recording.Kennedy.Path, "--to", "srt,txt", "-t", "json"]);

        Assert.True(end.ExitCode == 0, end.Shown);
        Assert.Equal(["jfk.json", "jfk.srt", "jfk.txt"], Files());
        Assert.Contains("ask what you can do for your country", await File.ReadAllTextAsync(Path("jfk.txt"), Token), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(" --> ", await File.ReadAllTextAsync(Path("jfk.srt"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transcribe_InAPipe_IsTextAndNothingElse()
    {
        var end = await Voice.RunAsync(["transcribe", "-"], await Recording.Kennedy.ReadWavAsync());

        Assert.True(end.ExitCode == 0, end.Shown);
        Assert.InRange(WordErrorRate.Between(Recording.Kennedy.Transcript, end.Text).Rate, 0, 0.2);
        Assert.DoesNotContain(Escape, end.Text + end.Shown);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Transcribe_StretchThatNobodyMakesOut_IsNamed()
    {
        await File.WriteAllBytesAsync(Path("meeting.wav"), (await ForeignSpeech.SpeakAmongEnglishAsync(app.Client)).Wav, Token);

        var end = await Voice.RunAsync(["transcribe", "meeting.wav", "-o", "-"]);

        Assert.True(end.ExitCode == 0, end.Shown);
        Assert.Contains("[inaudible]", end.Text, StringComparison.Ordinal);
        Assert.Matches(@"It could not be made out what is said at 0:2\d-0:3\d\.\n", end.Shown);
    }

    [Fact]
    public async Task Transcribe_LargeFile_GoesToStorageDirectly()
    {
        // 36 MB, which is more than goes through a request, in less than a minute of audio.
        var large = await Converter.ConvertAsync(await Recording.Kennedy.ReadWavAsync(), "wav", "-af", "apad=whole_dur=48", "-ar", "96000", "-ac", "2", "-c:a", "pcm_s32le");
        await File.WriteAllBytesAsync(Path("large.wav"), large, Token);

        var end = await Voice.RunAsync(["transcribe", "large.wav", "-o", "-"]);

        Assert.True(end.ExitCode == 0, end.Shown);
        Assert.InRange(WordErrorRate.Between(Recording.Kennedy.Transcript, end.Text).Rate, 0, 0.3);
    }

    [Fact]
    public async Task Speak_InATerminal_ShowsABarAndCleansItUp()
    {
        await WriteAsync("text.txt", "Some words. More words.");

        var end = await Voice.RunInTerminalAsync(["speak", "text.txt"]);

        Assert.True(end.ExitCode == 0, end.Shown);
        Assert.Contains("━", end.Shown, StringComparison.Ordinal);
        Assert.Matches(Colour(), end.Shown);
        // The cursor is there again, and the last line is the result.
        Assert.True(end.Shown.LastIndexOf("\e[?25h", StringComparison.Ordinal) > end.Shown.LastIndexOf("\e[?25l", StringComparison.Ordinal));
        Assert.Matches(@"Wrote text\.mp3, [0-9.]+ KB\.\s*$", end.Shown);
    }

    [Fact]
    public async Task Speak_InATerminalWithoutColour_HasNone()
    {
        await WriteAsync("text.txt", "Some words.");

        var end = await Voice.RunInTerminalAsync(["speak", "text.txt"], null, ("NO_COLOR", "1"));

        Assert.True(end.ExitCode == 0, end.Shown);
        Assert.DoesNotMatch(Colour(), end.Shown);
    }

    [Fact]
    public async Task Speak_Interrupted_LeavesTheJobAndTellsHowToComeBack()
    {
        await WriteAsync("long.txt", string.Concat(Enumerable.Range(0, 400).Select(number => $"This is sentence number {number} of a text that takes a while. ")));

        var end = await Voice.RunInTerminalAsync(["speak", "long.txt", "-o", "my long.mp3"], interruptAt: "Speaking");

        Assert.True(end.ExitCode == 130, end.Shown);
        Assert.Equal(["long.txt"], Files());
        var back = Assert.Single(ComeBack().Matches(end.Shown));
        var id = back.Groups["id"].Value;
        Assert.Equal("'my long.mp3'", back.Groups["file"].Value);
        var cancelled = await Voice.RunAsync(["jobs", id, "--cancel"]);
        Assert.True(cancelled.ExitCode == 0, cancelled.Shown);
        var watched = await Voice.RunAsync(["jobs", id, "-o", "my long.mp3"]);
        Assert.True(watched.ExitCode == 4, watched.Shown);
        Assert.Equal(["long.txt"], Files());
    }

    [Fact]
    public async Task Jobs_Id_FetchesAResultByItsEnding()
    {
        var order = await Voice.RunAsync(["speak", "-", "-o", "first.opus", "--title", "Twice over"], "Hello again."u8.ToArray());
        Assert.True(order.ExitCode == 0, order.Shown);

        var list = await Voice.RunAsync(["jobs", "--kind", "tts", "--status", "succeeded", "--top", "1"]);
        var fields = list.Text.TrimEnd('\n').Split('\t');
        var fetched = await Voice.RunAsync(["jobs", fields[0], "-o", "again.ogg"]);
        var shown = await Voice.RunAsync(["jobs", fields[0]]);

        Assert.Equal(["tts", "succeeded"], fields[1..3]);
        Assert.Equal("Twice over", fields[4]);
        Assert.True(fetched.ExitCode == 0, fetched.Shown);
        Assert.Equal(await File.ReadAllBytesAsync(Path("first.opus"), Token), await File.ReadAllBytesAsync(Path("again.ogg"), Token));
        Assert.StartsWith("audio.opus\t", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Voices_InAPipe_AreLinesWithTabs()
    {
        var end = await Voice.RunAsync(["voices"]);

        Assert.Equal(0, end.ExitCode);
        Assert.Contains(end.Text.Split('\n'), line => line.Split('\t') is ["narrator", _, "male", _, "offline:rms"]);
        Assert.DoesNotContain(Escape, end.Text);
    }

    [Fact]
    public async Task Say_Output_IsTheSpeech()
    {
        var file = await Voice.RunAsync(["say", "Hello", "there.", "-o", "hello.mp3"]);
        var pipe = await Voice.RunAsync(["say", "Hello there."]);
        var again = await Voice.RunAsync(["say", "Hello there.", "-o", "hello.mp3"]);

        Assert.True(file.ExitCode == 0, file.Shown);
        Assert.Equal(["hello.mp3"], Files());
        Assert.Equal("RIFF"u8.ToArray(), pipe.Output[..4]);
        Assert.Equal(2, again.ExitCode);
    }

    [Theory]
    [InlineData(2, "speak", "nothing.txt")]
    [InlineData(2, "speak")]
    [InlineData(2, "speak", "text.txt", "--nothing")]
    [InlineData(2, "speak", "text.txt", "-o", "text.txt")]
    [InlineData(2, "speak", "text.txt", "-o", "a.doc")]
    [InlineData(2, "speak", "text.txt", "-o", "nowhere/a.mp3")]
    [InlineData(2, "speak", "bytes.txt")]
    [InlineData(2, "speak", "empty.txt")]
    [InlineData(2, "transcribe", "text.txt", "--to", "doc")]
    [InlineData(2, "transcribe", "empty.txt")]
    [InlineData(2, "voices", "--url", "nowhere")]
    [InlineData(2, "voices", "--url", "http://example.com", "--key", "secret")]
    [InlineData(1, "speak", "text.txt", "--speed", "99")]
    [InlineData(1, "speak", "text.txt", "--voice", "nobody")]
    [InlineData(1, "transcribe", "text.txt", "-o", "a.txt")]
    [InlineData(1, "say", "hi", "--language", "xx")]
    [InlineData(1, "jobs", "nosuch")]
    [InlineData(1, "jobs", "--top", "1000")]
    [InlineData(3, "voices", "--url", "http://127.0.0.1:1")]
    [InlineData(3, "speak", "text.txt", "--url", "http://127.0.0.1:1")]
    public async Task AnyCommand_ThatCannotBeDone_SaysWhyInALine(int exitCode, params string[] arguments)
    {
        await WriteAsync("text.txt", "Words.");
        await WriteAsync("empty.txt", " \n");
        await File.WriteAllBytesAsync(Path("bytes.txt"), [0x41, 0xC3, 0x28], Token);
        await File.WriteAllBytesAsync(Path("empty.txt"), arguments[0] is "transcribe" ? [] : [0x20], Token);
        var before = Files();

        var end = await Voice.RunAsync(arguments);

        Assert.True(end.ExitCode == exitCode, end.Shown);
        Assert.Matches("(^|\n)voice: [^\n]+\n", end.Shown);
        Assert.DoesNotContain("   at ", end.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", end.Shown, StringComparison.Ordinal);
        Assert.Empty(end.Output);
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task AnyCommand_Refused_IsToldInTheWordsOfTheApi()
    {
        await WriteAsync("text.txt", "Words.");

        var end = await Voice.RunAsync(["speak", "text.txt", "--speed", "99"]);

        Assert.Contains("must be between 0.25 and 4", end.Shown, StringComparison.Ordinal);
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private string[] Files() => [.. _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path(name), text, Encoding.UTF8, Token);

    [GeneratedRegex("\\e\\[[0-9;]*[39][0-9](;[0-9;]*)?m", RegexOptions.ExplicitCapture)]
    private static partial Regex Colour();

    [GeneratedRegex(@"\./voice jobs (?<id>[0-9a-f]+) -o (?<file>'[^']*')", RegexOptions.ExplicitCapture)]
    private static partial Regex ComeBack();
}
