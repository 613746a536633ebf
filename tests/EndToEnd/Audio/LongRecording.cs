namespace VoiceFunctions.EndToEnd.Audio;

/// <summary>One recording of many utterances in a row, in an order and with pauses that look like chance and are the same in every run; a WAV file that ends with it.</summary>
internal sealed class LongRecording : IDisposable
{
    private const double ShortestPause = 0.3, LongestPause = 2;

    /// <summary>After so many utterances nobody speaks for longer than a piece would hold.</summary>
    private const int BetweenSilences = 40;

    private const double Silence = 15;

    private readonly List<(Utterance Said, double Start, double End)> _utterances = [];

    private LongRecording(string path) => Path = path;

    public string Path { get; }

    /// <summary>Where each of the utterances lies, in seconds.</summary>
    public IReadOnlyList<(Utterance Said, double Start, double End)> Utterances => _utterances;

    public double Seconds { get; private set; }

    public string Transcript => string.Join(' ', _utterances.Select(utterance => utterance.Said.Transcript));

    /// <summary>Takes the utterances over and over, each time in another order, until the recording is as long as it is to be.</summary>
    public static async Task<LongRecording> MakeAsync(IReadOnlyList<Utterance> utterances, TimeSpan length, int seed)
    {
        var recording = new LongRecording(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"voice-long-{Guid.NewGuid():N}.wav"));
        var random = new Random(seed);
        await using var file = File.Create(recording.Path);
        file.Position = WavFile.HeaderBytes;
        for (Utterance[] order = []; recording.Seconds < length.TotalSeconds;)
        {
            if (order.Length == 0)
            {
                order = [.. utterances];
                random.Shuffle(order);
            }

            var pause = recording._utterances.Count % BetweenSilences == BetweenSilences - 1 ? Silence : ShortestPause + (random.NextDouble() * (LongestPause - ShortestPause));
            var start = Position();
            await file.WriteAsync(order[0].Samples);
            recording._utterances.Add((order[0], start, Position()));
            await file.WriteAsync(new byte[(int)(pause * Utterance.SampleRate) * 2]);
            recording.Seconds = Position();
            order = order[1..];
        }

        file.Position = 0;
        await file.WriteAsync(WavFile.Head(file.Length - WavFile.HeaderBytes, Utterance.SampleRate));
        return recording;

        double Position() => (file.Position - WavFile.HeaderBytes) / 2d / Utterance.SampleRate;
    }

    public void Dispose() => File.Delete(Path);
}
