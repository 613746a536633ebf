using System.Text;
using System.Text.Json.Nodes;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Recordings as jobs that end otherwise than with a lot of text.</summary>
public sealed class RecordingJobTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string AllOutputs = "?outputs=json,txt,srt,vtt";

    [Fact]
    public async Task TranscribeJob_NobodySpeaks_SucceedsWithoutText()
    {
        var id = await app.Client.OrderTranscriptAsync(WavFile.Silence(30), AllOutputs);
        var job = await app.Client.WaitForSuccessAsync(id);
        var transcript = JsonNode.Parse(await app.Client.ResultAsync(id, "transcript.json"))!;

        Assert.Equal("", (string)transcript["text"]!);
        Assert.Equal(30, (double)transcript["duration"]!);
        Assert.Null(transcript["provider"]);
        Assert.Null(transcript["confidence"]);
        Assert.Empty(transcript["segments"]!.AsArray());
        Assert.Empty(job["attempts"]!.AsArray());
        Assert.Equal(0, (decimal)job["costUsd"]!);
        Assert.Empty(await app.Client.ResultAsync(id, "transcript.srt"));
        Assert.Equal("WEBVTT\n", Encoding.UTF8.GetString(await app.Client.ResultAsync(id, "transcript.vtt")));
    }

    [Fact]
    public async Task TranscribeJob_LongSilenceInBetween_KeepsItsTime()
    {
        var kennedy = await Converter.ConvertAsync(await Recording.Kennedy.ReadWavAsync(), "raw", "-f", "s16le", "-ar", "16000", "-ac", "1");
        var silence = new byte[10 * 60 * 16_000 * 2];
        var mp3 = await Converter.ConvertAsync(WavFile.Wrap([.. kennedy, .. silence, .. kennedy], 16_000), "mp3", "-ar", "44100", "-ac", "2", "-b:a", "64k");

        var id = await app.Client.OrderTranscriptAsync(mp3, AllOutputs);
        var job = await app.Client.WaitForSuccessAsync(id);
        var segments = JsonNode.Parse(await app.Client.ResultAsync(id, "transcript.json"))!["segments"]!.AsArray();

        Assert.Equal(2, (int)job["progress"]!["total"]!);
        Assert.All(segments, segment => Assert.True((double)segment!["end"]! < 11.2 || (double)segment["start"]! > 610.8, segment.ToJsonString()));
        Assert.Contains("00:10:", Encoding.UTF8.GetString(await app.Client.ResultAsync(id, "transcript.srt")), StringComparison.Ordinal);
        Assert.Equal(2, segments.Count(segment => ((string)segment!["text"]!).EndsWith("your country.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task TranscribeJob_StretchThatNobodyMakesOut_SaysSoEverywhere()
    {
        var (recording, start, end) = await ForeignSpeech.SpeakAmongEnglishAsync(app.Client);

        var id = await app.Client.OrderTranscriptAsync(recording, AllOutputs);
        var job = await app.Client.WaitForSuccessAsync(id);
        var transcript = JsonNode.Parse(await app.Client.ResultAsync(id, "transcript.json"))!;

        var inaudible = Assert.Single(job["inaudible"]!.AsArray())!;
        // A piece has a second of silence around what is said.
        Assert.Equal(start - 1, (double)inaudible["start"]!, 1d);
        Assert.Equal(end + 1, (double)inaudible["end"]!, 1d);
        Assert.Equal(job["inaudible"]!.ToJsonString(), transcript["inaudible"]!.ToJsonString());
        Assert.Single(transcript["segments"]!.AsArray(), segment => (string)segment!["text"]! == "" && (double)segment["start"]! == (double)inaudible["start"]!);
        Assert.DoesNotContain("inaudible", (string)transcript["text"]!, StringComparison.Ordinal);
        Assert.Matches(@"your country\. \[inaudible\] And so", Encoding.UTF8.GetString(await app.Client.ResultAsync(id, "transcript.txt")));
        Assert.Matches(@"\n00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3}\n\[inaudible\]\n", Encoding.UTF8.GetString(await app.Client.ResultAsync(id, "transcript.srt")));
        Assert.Matches(@"\n00:00:\d\d\.\d{3} --> 00:00:\d\d\.\d{3}\n\[inaudible\]\n", Encoding.UTF8.GetString(await app.Client.ResultAsync(id, "transcript.vtt")));
    }

    [Fact]
    public async Task TranscribeJob_NothingMadeOut_FailsAsAShortCallDoes() => await AssertFailsAsync(await ForeignSpeech.SpeakAsync(app.Client), "not_recognised");

    [Fact]
    public async Task TranscribeJob_CutOff_FailsAsAShortCallDoes()
    {
        var mp4 = await Converter.ConvertAsync(await Recording.Kennedy.ReadWavAsync(), "m4a", "-c:a", "aac");

        await AssertFailsAsync(mp4[..^2000], "undecodable_audio");
        await AssertFailsAsync((await Recording.Kennedy.ReadWavAsync())[..^2000], "undecodable_audio");
    }

    [Fact]
    public async Task TranscribeJob_VideoWithoutSound_FailsAsAShortCallDoes()
    {
        var video = await Converter.ConvertAsync(WavFile.Silence(1), "mp4", "-f", "lavfi", "-i", "color=size=64x64:duration=1", "-map", "1:v", "-c:v", "mpeg4");

        await AssertFailsAsync(video, "no_audio");
    }

    private async Task AssertFailsAsync(byte[] audio, string code)
    {
        using var brief = await app.Client.TranscribeAsync(audio);
        Assert.Equal(code, (string)(await brief.ReadJsonAsync())["code"]!);

        var job = await app.Client.WaitForEndAsync(await app.Client.OrderTranscriptAsync(audio, ""));
        Assert.Equal("failed", (string)job["status"]!);
        Assert.Equal(code, (string)job["error"]!["code"]!);
        Assert.Empty(job["results"]!.AsArray());
    }
}
