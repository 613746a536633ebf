using Microsoft.Extensions.AI;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Speaks one chunk of a text at one target, once.</summary>
public sealed class SynthesisChunks
{
    private readonly ITextToSpeechClient _speech;
    private readonly ChunkAttempt _attempt;
    private readonly ChunkStore _chunks;
    private readonly ProviderCatalog _catalog;

    internal SynthesisChunks(ITextToSpeechClient speech, ChunkAttempt attempt, ChunkStore chunks, ProviderCatalog catalog) =>
        (_speech, _attempt, _chunks, _catalog) = (speech, attempt, chunks, catalog);

    public Task<ChunkOutcome> MakeAsync(ChunkCall call, CancellationToken cancellationToken) => _attempt.RunAsync(
        call,
        async (job, token) =>
        {
            var text = await _chunks.ReadTextAsync(call.Job, call.Target.Split, call.Chunk, token);
            var options = _catalog.FindSynthesis(call.Target).Resolve(JobCalls.Synthesis(job, call.Chunk), share: null);
            var response = await _speech.GetAudioAsync(text, options, token);
            return (BinaryData.FromBytes(response.GetAudio()), response.GetOutcome());
        },
        cancellationToken);
}
