using VoiceFunctions.Jobs;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Tests.Jobs;

public sealed class JobRowTests
{
    /// <summary>Microsoft, "Understanding the Table service data model"; the emulator stores more.</summary>
    private const int MaxProperty = 64 * 1024;

    [Fact]
    public void Record_AsMuchAsAJobMayHold_FitsItsProperty()
    {
        var job = new Job
        {
            Id = JobKeys.NewId(),
            Tenant = "tenant",
            Kind = JobKind.Stt,
            CreatedAt = default,
            Deadline = default,
            Source = new BlobReference(JobBlobs.InboxContainer, new string('я', 1024), "\"etag\"", 1),
            ResultsPath = new string('я', 1024),
            DropPath = new string('я', 1024),
            Transcription = new TranscriptionJobRequest { Recognition = new() { Prompt = new string('я', 4096) }, Outputs = [TranscriptOutput.Json] },
            Inaudible = [.. Enumerable.Range(0, JobRow.MaxInaudible).Select(number => new InaudibleSpeech(86_000.123 + number, 86_000.987 + number))],
        };

        var row = JobRow.Record(job);

        Assert.InRange(row.GetBinary(JobRow.Content).Length, 1, MaxProperty);
        Assert.Equal(job.Inaudible, JobRow.Read(row).Inaudible);
    }
}
