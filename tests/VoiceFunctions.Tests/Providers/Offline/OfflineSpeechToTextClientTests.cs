using System.Diagnostics;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Providers.Offline;

public class OfflineSpeechToTextClientTests(OfflineHost host) : IClassFixture<OfflineHost>
{
    [Fact]
    public async Task GetText_RealRecordings_HasFewWordErrors()
    {
        var total = default(WordErrorRate);
        foreach (var (file, text) in Recordings.All)
        {
            var clock = Stopwatch.StartNew();
            var audio = Recordings.Read(file);
            var response = await host.ListenAsync(audio);
            var outcome = response.GetOutcome();
            total += WordErrorRate.Between(text, response.Text);
            TestContext.Current.TestOutputHelper!.WriteLine($"{file} {audio.Duration.TotalSeconds:F2} s in {clock.Elapsed.TotalSeconds:F2} s: {response.Text} ({Math.Log(outcome.Confidence!.Value):F3}, {outcome.Segments.Count})");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{total.Errors} of {total.Words}");
        Assert.True(total.Rate <= 0.08, $"{total.Errors} of {total.Words} words are wrong.");
    }
}
