using System.Net;
using System.Net.Http.Json;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;

namespace VoiceFunctions.EndToEnd.Providers;

/// <summary>Every provider in good health serves what it was asked for, in the format and at the rate asked for, natively or not.</summary>
[Collection<MatrixCollection>]
public sealed class HealthyTests(MatrixApp app)
{
    private static readonly string Text = MatrixCase.Text(MatrixCase.Synthesis.Count);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai", 24_000)]
    [InlineData("azure", 24_000)]
    [InlineData("google", 24_000)]
    [InlineData("yandex", 48_000)]
    public async Task Speak_EachFormat_IsServedByTheProvider(string provider, int ownRate)
    {
        (string Format, int? Asked, int Delivered)[] cases =
        [
            ("wav", null, ownRate), ("wav", 16_000, 16_000), ("wav", 11_025, 11_025), ("mp3", null, ownRate), ("mp3", 16_000, 16_000), ("flac", null, ownRate),
            ("flac", 44_100, 44_100), ("pcm", null, ownRate), ("pcm", 8_000, 8_000), ("aac", null, ownRate), ("opus", null, 48_000), ("opus", 16_000, 48_000),
        ];
        foreach (var (format, asked, delivered) in cases)
        {
            var before = app.Servers.Counts;
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tts");
            request.Content = JsonContent.Create(new { text = Text, providers = new[] { provider, "offline" }, format, sampleRate = asked, cache = "bypass" });
            request.Headers.Accept.ParseAdd("application/json");

            using var response = await app.Client.SendAsync(request, Cancelled);

            var body = await response.ReadJsonAsync();
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{format} {asked}: {body}");
            Assert.Equal($"{provider}=ok", body.Attempts());
            Assert.Equal(provider, (string?)body["provider"]);
            Assert.Equal(format, (string?)body["format"]);
            Assert.Equal(1, app.Servers.Counts[provider] - before[provider]);
            var file = Convert.FromBase64String((string)body["audio"]!);
            var (samples, rate) = await DecodeAsync(format, file, (int)body["sampleRate"]!);
            Assert.True(rate == delivered, $"{format} {asked}: {rate}");
            Assert.InRange((double)samples.Length / rate, (double)body["duration"]! - 0.1, (double)body["duration"]! + 0.2);
            Assert.InRange(samples.Max(sample => Math.Abs((int)sample)), 3_000, short.MaxValue);
        }
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("azure")]
    [InlineData("google")]
    [InlineData("yandex")]
    public async Task Transcribe_EachContainer_IsServedByTheProvider(string provider)
    {
        var recording = app.RecordingOf(MatrixCase.Recognition.Count);
        (byte[] File, string Type)[] cases =
        [
            (recording, "audio/wav"),
            (await Converter.ConvertAsync(recording, "mp3", "-b:a", "64k"), "audio/mpeg"),
            (await Converter.ConvertAsync(recording, "ogg", "-c:a", "libopus"), "audio/ogg"),
            (await Converter.ConvertAsync(recording, "flac"), "audio/flac"),
            (await Converter.ConvertAsync(recording, "m4a", "-c:a", "aac"), "audio/mp4"),
            // Rates and channels that not every provider takes in a container that it takes.
            (await Converter.ConvertAsync(recording, "wav", "-ar", "44100"), "audio/wav"),
            (await Converter.ConvertAsync(recording, "wav", "-ar", "44100", "-ac", "2"), "audio/wav"),
            (await Converter.ConvertAsync(recording, "ogg", "-c:a", "libopus", "-ac", "2"), "audio/ogg"),
            (await Converter.ConvertAsync(recording, "flac", "-ac", "2"), "audio/flac"),
        ];
        foreach (var (file, type) in cases)
        {
            var before = app.Servers.Counts;

            using var response = await app.Client.TranscribeAsync(file, $"?language=en&cache=bypass&providers={provider},offline", type);

            var body = await response.ReadJsonAsync();
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{type}: {body}");
            Assert.True($"{provider}=ok" == body.Attempts(), $"{type} of {file.Length} bytes: {body}");
            Assert.Equal(ProviderServers.Heard(provider), (string?)body["text"]);
            Assert.Equal(1, app.Servers.Counts[provider] - before[provider]);
        }
    }

    /// <summary>Decodes without the code under test, at the rate that the file itself has.</summary>
    private static async Task<(short[] Samples, int Rate)> DecodeAsync(string format, byte[] file, int rate) => format switch
    {
        "pcm" => (WavFile.Samples(file), rate),
        "wav" => WavFile.Read(file),
        _ => WavFile.Read(await Converter.ConvertAsync(file, "wav", "-c:a", "pcm_s16le", "-bitexact")),
    };
}
