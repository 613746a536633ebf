using System.Net;
using CsCheck;
using VoiceFunctions.EndToEnd.Audio;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd;

/// <summary>Bytes that no client should send: every one gets an answer, and none a server error.</summary>
public sealed class HostileAudioTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const int Runs = 150;
    private const long MostMemory = 900L * 1024 * 1024;

    [Fact]
    public async Task Transcribe_RandomBytes_AreRefused()
    {
        await Gen.Byte.Array[1, 20_000].SampleAsync(async bytes => Assert.InRange((int)await StatusAsync(bytes), 400, 499), iter: Runs, threads: 4);
    }

    [Fact]
    public async Task Transcribe_MutatedRecording_IsAnsweredOrRefused()
    {
        var recording = await Recording.All[7].ReadWavAsync();
        var mutation = Gen.Select(Gen.OneOf(Gen.Int[0, 60], Gen.Int[0, recording.Length - 1]), Gen.Byte);
        var mutated = Gen.Select(mutation.Array[1, 20], Gen.Int[0, recording.Length], Gen.Bool).Select((changes, length, cut) =>
        {
            var bytes = recording.ToArray();
            foreach (var (position, value) in changes)
            {
                bytes[position] = value;
            }

            return cut ? bytes[..length] : bytes;
        });

        await mutated.SampleAsync(
            async bytes =>
            {
                var status = await StatusAsync(bytes);
                Assert.True(status == HttpStatusCode.OK || (int)status is >= 400 and < 500, $"{status}");
            },
            iter: Runs,
            threads: 4);

        Measurement.Note($"Peak memory under hostile audio: {app.Process.PeakMemory / (1024 * 1024)} MB.");
        Assert.True(app.Process.PeakMemory < MostMemory);
    }

    private async Task<HttpStatusCode> StatusAsync(byte[] bytes)
    {
        using var response = await app.Client.TranscribeAsync(bytes);
        return response.StatusCode;
    }
}
