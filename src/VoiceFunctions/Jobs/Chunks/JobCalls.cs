using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Jobs.Orchestration;
using VoiceFunctions.Providers;
using VoiceFunctions.Synthesis;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>What a job asks of providers, before it is known which. That it has a deadline is the orchestration's concern.</summary>
internal static class JobCalls
{
    /// <summary>Chunks are made as WAV whatever the file is to be, so that they can be put together sample by sample and are encoded once.</summary>
    public static TextToSpeechOptions Synthesis(Job job, JobChunk? chunk = null)
    {
        var options = SynthesisOptions.Of(job.Synthesis!, job.Caller, deadline: null);
        options.AudioFormat = AudioFormats.Name(AudioFormat.Wav);
        return options.WithCall(OfChunk(job, chunk, options.GetCall()));
    }

    public static SpeechToTextOptions Recognition(Job job, JobChunk? chunk = null)
    {
        var options = RecognitionOptions.Of(job.Transcription!.Recognition, job.Transcription.NeededTimings, job.Caller, deadline: null);
        return options.WithCall(OfChunk(job, chunk, options.GetCall()));
    }

    /// <summary>A chunk's name among those of all jobs. When a record has gone, its id may come again with the same <c>Idempotency-Key</c>.</summary>
    public static string NameOf(Job job, JobChunk chunk) => $"{job.Id}/{job.CreatedAt.UtcTicks}/{chunk.Number}";

    private static SpeechCall OfChunk(Job job, JobChunk? chunk, SpeechCall call) =>
        call with { Job = job.Id, Chunk = chunk is null ? null : NameOf(job, chunk), StoreBeforeReturn = true };
}
