using System.Diagnostics;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Providers.Offline;

public class OfflineSpeechToTextClientTests(OfflineHost host) : IClassFixture<OfflineHost>
{
    [Fact]
    public async Task GetText_RealRecordings_HasFewWordErrors()
    {
        var (errors, words) = (0, 0);
        foreach (var (file, text) in Recordings.All)
        {
            var clock = Stopwatch.StartNew();
            var audio = Recordings.Read(file);
            var response = await host.ListenAsync(audio);
            var outcome = response.GetOutcome();
            errors += WordErrorRate.Errors(text, response.Text);
            words += WordErrorRate.Normalise(text).Length;
            TestContext.Current.TestOutputHelper!.WriteLine($"{file} {audio.Duration.TotalSeconds:F2} s in {clock.Elapsed.TotalSeconds:F2} s: {response.Text} ({Math.Log(outcome.Confidence!.Value):F3}, {outcome.Segments.Count})");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{errors} of {words}");
        Assert.True(errors <= 0.08 * words, $"{errors} of {words} words are wrong.");
    }
}
