using System.Text.Json;
using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Segmentation;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Jobs.Transcripts;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Recognises one piece of a recording at one target, once.</summary>
public sealed class TranscriptionChunks
{
    private readonly ISpeechToTextClient _speech;
    private readonly ChunkAttempt _attempt;
    private readonly ChunkStore _chunks;
    private readonly AudioInspector _inspector;
    private readonly ProviderCatalog _catalog;

    internal TranscriptionChunks(ISpeechToTextClient speech, ChunkAttempt attempt, ChunkStore chunks, AudioInspector inspector, ProviderCatalog catalog) =>
        (_speech, _attempt, _chunks, _inspector, _catalog) = (speech, attempt, chunks, inspector, catalog);

    public Task<ChunkOutcome> MakeAsync(ChunkCall call, CancellationToken cancellationToken) => _attempt.RunAsync(
        call,
        async (job, token) =>
        {
            using var stored = (await _chunks.Piece(call.Job, call.Chunk.Number).DownloadStreamingAsync(cancellationToken: token)).Value;
            await using var piece = await _inspector.InspectAsync(stored.Content, stored.Details.ContentLength, token);
            var options = _catalog.FindRecognition(call.Target).Resolve(JobCalls.Recognition(job, call.Chunk), piece, share: null);
            var response = await _speech.GetTextAsync(piece, options, token);
            var outcome = response.GetOutcome();
            DemandTimings(options.GetCall(), response.Text, outcome);
            var transcript = PieceTranscript.Of(new PieceSpan(call.Chunk.Start, call.Chunk.Length, call.Chunk.Overlap), response.Text, outcome);
            return (BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(transcript, TranscriptJson.Default.PieceTranscript)), outcome);
        },
        cancellationToken);

    /// <summary>Found here, it costs one piece; found when the whole is put together, it would have cost all of them.</summary>
    private static void DemandTimings(SpeechCall call, string text, SpeechOutcome outcome)
    {
        if (text.Length > 0
            && ((call.Timings.HasFlag(TimingKinds.Segment) && outcome.Segments.Count == 0) || (call.Timings.HasFlag(TimingKinds.Word) && outcome.Words.Count == 0)))
        {
            throw new ProviderException(outcome.Provider, ProviderFailureKind.BadResult, "There are no timings in the transcript.")
            {
                Attempts =
                [
                    .. outcome.Attempts.SkipLast(1),
                    .. outcome.Attempts.TakeLast(1).Select(attempt => attempt with { Outcome = ProviderFailureKind.BadResult.Name(), Billed = true, CostUsd = outcome.CostUsd }),
                ],
            };
        }
    }
}
