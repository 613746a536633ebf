using System.Globalization;
using System.Net;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;

namespace VoiceFunctions.EndToEnd;

public sealed class SynthesisTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string Sentence = "The quick brown fox jumps over the lazy dog.";

    [Theory]
    [InlineData("mp3", "audio/mpeg")]
    [InlineData("wav", "audio/wav")]
    [InlineData("opus", "audio/ogg;codecs=opus")]
    [InlineData("aac", "audio/aac")]
    [InlineData("flac", "audio/flac")]
    public async Task Speak_EachFormat_PlaysForAsLongAsTheHeaderSays(string format, string mediaType)
    {
        using var response = await app.Client.SpeakAsync(new { text = Sentence, format });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.ToString().Replace(" ", string.Empty, StringComparison.Ordinal));
        var (seconds, peak) = await Converter.PlayAsync(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var promised = double.Parse(Header(response, "X-Voice-Duration"), CultureInfo.InvariantCulture);
        Assert.InRange(promised, 1.5, 6);
        // A codec may add some frames of padding.
        Assert.InRange(seconds, promised - 0.05, promised + 0.2);
        Assert.InRange(peak, 0.05, 1);
    }

    [Fact]
    public async Task Speak_Pcm_IsTheSamplesOfTheWav()
    {
        var (samples, rate) = WavFile.Read(await app.Client.SpeakWavAsync(Sentence));

        using var response = await app.Client.SpeakAsync(new { text = Sentence, format = "pcm" });

        Assert.Equal($"audio/L16; rate={rate}; channels=1", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(samples, WavFile.Samples(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Speak_Default_TellsWhoSpokeAndWhatItCost()
    {
        using var response = await app.Client.SpeakAsync(new { text = "Nobody else in these tests says this sentence." });

        Assert.Equal("offline", Header(response, "X-Voice-Provider"));
        Assert.Equal("flite", Header(response, "X-Voice-Model"));
        Assert.Equal("slt", Header(response, "X-Voice-Id"));
        Assert.Equal("miss", Header(response, "X-Voice-Cache"));
        Assert.Equal("offline=ok", Header(response, "X-Voice-Attempts"));
        Assert.Equal("0", Header(response, "X-Voice-Cost-Usd"));
        Assert.Matches("^\"[0-9a-f]{32}\"$", response.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task Speak_AcceptJson_AnswersTheSameAsFields()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tts");
        request.Content = System.Net.Http.Json.JsonContent.Create(new { text = "Nor does anybody else say this one, as JSON.", format = "wav", sampleRate = 24000 });
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Add("X-Request-Id", "my-own.id_1");

        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        var body = await response.ReadJsonAsync();
        Assert.Equal("my-own.id_1", (string?)body["requestId"]);
        Assert.Equal("my-own.id_1", Header(response, "X-Request-Id"));
        Assert.Equal("offline", (string?)body["provider"]);
        Assert.Equal("miss", (string?)body["cache"]);
        Assert.Equal("ok", (string?)body["attempts"]![0]!["outcome"]);
        Assert.Equal(0, (decimal?)body["costUsd"]);
        Assert.Equal("wav", (string?)body["format"]);
        Assert.Equal(24000, (int?)body["sampleRate"]);
        var audio = Convert.FromBase64String((string)body["audio"]!);
        Assert.Equal(audio.Length, (int?)body["bytes"]);
        var (samples, rate) = WavFile.Read(audio);
        Assert.Equal(24000, rate);
        Assert.Equal((double)body["duration"]!, (double)samples.Length / rate, 2);
    }

    [Fact]
    public async Task Speak_Russian_IsSpokenByAVoiceOfTheLanguage()
    {
        using var response = await app.Client.SpeakAsync(new { text = "Здравствуйте, как ваши дела сегодня?", format = "wav" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("espeak-ng", Header(response, "X-Voice-Model"));
        Assert.StartsWith("ru", Header(response, "X-Voice-Id"), StringComparison.Ordinal);
        var (samples, rate) = WavFile.Read(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.InRange((double)samples.Length / rate, 1, 6);
    }

    [Fact]
    public async Task Speak_EnglishWithForeignLetters_LeavesNothingUnsaid()
    {
        using var response = await app.Client.SpeakAsync(new { text = "My friend Дмитрий says that π is not 3.", format = "wav" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("espeak-ng", Header(response, "X-Voice-Model"));
        Assert.StartsWith("en", Header(response, "X-Voice-Id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speak_NamedVoiceAndSpeed_ChangeWhatIsHeard()
    {
        var normal = WavFile.Read(await app.Client.SpeakWavAsync(Sentence)).Samples;
        var other = WavFile.Read(await app.Client.SpeakWavAsync(Sentence, "offline:rms")).Samples;
        using var response = await app.Client.SpeakAsync(new { text = Sentence, format = "wav", speed = 2 });
        var fast = WavFile.Read(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Samples;

        Assert.NotEqual(normal, other);
        Assert.InRange((double)normal.Length / fast.Length, 1.6, 2.4);
    }

    [Fact]
    public async Task Speak_LongestText_IsSpokenWhole()
    {
        var text = string.Concat(Enumerable.Repeat("All good things come to those who wait. ", 110))[..4096];

        var (samples, rate) = WavFile.Read(await app.Client.SpeakWavAsync(text));

        Assert.InRange((double)samples.Length / rate, 180, 400);
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
