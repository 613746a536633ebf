using System.Text;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Audio;
using VoiceFunctions.Problems;
using VoiceFunctions.Testing;
using VoiceFunctions.Tests.Audio;
using VoiceFunctions.Tests.Stubs;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Tests.Transcription;

public sealed class TranscriptionRequestReaderTests(AudioLab lab) : IClassFixture<AudioLab>
{
    private const string Multipart = "multipart/form-data; boundary=x";

    private static readonly byte[] Audio = AudioSamples.Wav(AudioSamples.Tone(1, 16_000), 16_000);

    [Theory]
    [InlineData("audio/wav")]
    [InlineData("AUDIO/anything; codecs=1")]
    [InlineData("video/mp4")]
    [InlineData("application/ogg")]
    [InlineData("application/octet-stream")]
    [InlineData("nonsense")]
    [InlineData(null)]
    public async Task ReadAsync_AudioAsBody_IsInspectedWhateverItIsCalled(string? type)
    {
        var (request, recording) = await ReadAsync(TestRequest.Post(Audio, type, "?language=en&timestamps=segment"));

        await using (recording)
        {
            Assert.Equal("en", request.Language);
            Assert.Equal((AudioContainer.Wav, 1d, Audio.Length), (recording.Container, recording.Duration.TotalSeconds, recording.Length));
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task ReadAsync_OtherType_IsToldWhatToSend(string type) => await FailsAsync(TestRequest.Post(Audio, type), ProblemKind.UnsupportedFormat);

    [Fact]
    public async Task ReadAsync_BadParameter_IsRefusedBeforeTheBodyIsRead()
    {
        var http = TestRequest.Post(Audio, "audio/wav", "?format=pdf");

        await FailsAsync(http, ProblemKind.InvalidRequest);

        Assert.Equal(0, http.Body.Position);
    }

    [Fact]
    public async Task ReadAsync_EmptyBody_IsRefused() => await FailsAsync(TestRequest.Post([], "audio/wav"), ProblemKind.InvalidRequest);

    [Fact]
    public async Task ReadAsync_LengthTooLarge_IsRefusedBeforeTheBodyIsRead()
    {
        var http = TestRequest.Post(Audio, "audio/wav");
        http.ContentLength = TranscriptionRequestReader.MaxAudio + 1;

        await FailsAsync(http, ProblemKind.PayloadTooLarge);

        Assert.Equal(0, http.Body.Position);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("multipart/form-data; boundary=\"x\"")]
    [InlineData("Multipart/Form-Data; charset=utf-8; boundary=\"x\"")]
    public async Task ReadAsync_Form_TakesTheFileAndTheFieldsAroundIt(string type)
    {
        var form = Form(Field("language", "ru"), File(Audio), Field("format", "srt"), Field("prompt", "имена, слова"));

        var (request, recording) = await ReadAsync(TestRequest.Post(form, type, "?diarize=true"));

        await using (recording)
        {
            Assert.Equal(("ru", TranscriptFormat.Srt, "имена, слова", true), (request.Language, request.Format, request.Prompt, request.Diarize));
            Assert.Equal(Audio.Length, recording.Length);
        }
    }

    [Fact]
    public async Task ReadAsync_ParameterInQueryAndForm_IsGivenTwice()
    {
        var problem = await FailsAsync(TestRequest.Post(Form(File(Audio), Field("language", "en")), Multipart, "?language=en"), ProblemKind.InvalidRequest);

        Assert.Equal(["is given twice."], problem.Errors!["language"]);
    }

    [Fact]
    public async Task ReadAsync_ListInQueryAndForm_IsOneList()
    {
        var (request, recording) = await ReadAsync(TestRequest.Post(Form(Field("providers", "b"), File(Audio)), Multipart, "?providers=a"));

        await recording.DisposeAsync();
        Assert.Equal(["a", "b"], request.Providers);
    }

    [Fact]
    public async Task ReadAsync_TwoFiles_IsRefused()
    {
        var problem = await FailsAsync(TestRequest.Post(Form(File(Audio), File(Audio)), Multipart), ProblemKind.InvalidRequest);

        Assert.Equal(["is given twice."], problem.Errors!["file"]);
    }

    [Fact]
    public async Task ReadAsync_NoFile_IsAskedFor() =>
        Assert.Equal(["file"], (await FailsAsync(TestRequest.Post(Form(Field("language", "en")), Multipart), ProblemKind.InvalidRequest)).Errors!.Keys);

    [Fact]
    public async Task ReadAsync_EmptyFile_IsRefused() => await FailsAsync(TestRequest.Post(Form(File([])), Multipart), ProblemKind.InvalidRequest);

    [Fact]
    public async Task ReadAsync_FormCutOffAnywhere_IsRefused()
    {
        var form = Form(Field("language", "en"), File(Audio[..2000]));
        for (var length = 0; length < form.Length - 4; length += 37)
        {
            await FailsAsync(TestRequest.Post(form[..length], Multipart), kind: null);
        }
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    public async Task ReadAsync_NoBoundary_IsRefused(string type) => await FailsAsync(TestRequest.Post(Form(File(Audio)), type), ProblemKind.InvalidRequest);

    [Fact]
    public async Task ReadAsync_FarTooLongBoundary_IsRefused() =>
        await FailsAsync(TestRequest.Post(Form(File(Audio)), $"multipart/form-data; boundary={new string('x', 129)}"), ProblemKind.InvalidRequest);

    [Fact]
    public async Task ReadAsync_PartWithoutName_IsRefused() =>
        await FailsAsync(TestRequest.Post("--x\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--x--\r\n", Multipart), ProblemKind.InvalidRequest);

    [Fact]
    public async Task ReadAsync_LongField_IsRefused() => Assert.Equal(
        ["prompt"], (await FailsAsync(TestRequest.Post(Form(File(Audio), Field("prompt", new string('p', 16_385))), Multipart), ProblemKind.InvalidRequest)).Errors!.Keys);

    [Fact]
    public async Task ReadAsync_ManyFields_AreRefused() => await FailsAsync(
        TestRequest.Post(Form([File(Audio), .. Enumerable.Range(0, 33).Select(_ => Field("timestamps", "word"))]), Multipart), ProblemKind.InvalidRequest);

    [Fact]
    public async Task ReadAsync_Refused_LeavesNoFiles()
    {
        await using var own = await AudioLab.StartAsync();
        var reader = new TranscriptionRequestReader(own.Inspector);

        await Assert.ThrowsAsync<ProblemException>(
            () => reader.ReadAsync(TestRequest.Post(Form(File(Audio), Field("format", "pdf")), Multipart), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ProblemException>(
            () => reader.ReadAsync(TestRequest.Post(Form(File(Audio), File(Audio)), Multipart), TestContext.Current.CancellationToken));

        Assert.Empty(own.TempFiles());
    }

    private static (string Head, byte[] Content) Field(string name, string value) => ($"form-data; name=\"{name}\"", Encoding.UTF8.GetBytes(value));

    private static (string Head, byte[] Content) File(byte[] audio) => ("form-data; name=\"file\"; filename=\"a.wav\"\r\nContent-Type: audio/wav", audio);

    private static byte[] Form(params (string Head, byte[] Content)[] parts)
    {
        var form = new List<byte>();
        foreach (var (head, content) in parts)
        {
            form.AddRange(Encoding.UTF8.GetBytes($"--x\r\nContent-Disposition: {head}\r\n\r\n"));
            form.AddRange(content);
            form.AddRange("\r\n"u8);
        }

        form.AddRange("--x--\r\n"u8);
        return [.. form];
    }

    private Task<(TranscriptionRequest Request, InspectedAudio Recording)> ReadAsync(HttpRequest http) =>
        new TranscriptionRequestReader(lab.Inspector).ReadAsync(http, TestContext.Current.CancellationToken);

    private async Task<ProblemException> FailsAsync(HttpRequest http, ProblemKind? kind)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(http));
        var problem = ProblemTranslation.Translate(exception);
        Assert.NotNull(problem);
        Assert.Equal(kind ?? problem.Kind, problem.Kind);
        Assert.InRange(problem.Kind.Status, 400, 499);
        return problem;
    }
}
