using VoiceCommand.Api;

namespace VoiceCommand.Following;

/// <summary>Watches a job until it is finished. An app that goes away for a while, to be restarted perhaps, is waited for.</summary>
internal sealed class JobFollower(VoiceApi api, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<JobDocument> FollowAsync(string id, ProgressDisplay display, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        var answered = time.GetTimestamp();
        while (true)
        {
            try
            {
                var job = await api.GetJobAsync(id, cancellationToken);
                answered = time.GetTimestamp();
                if (job.IsFinished) return job;
                var (done, total) = job.Stage is "chunks" ? (job.Progress.Done, job.Progress.Total) : (0, 0);
                display.Report(Stage(job), done, total, job.Kind is "tts" ? "chunks" : "pieces");
            }
            catch (CommandException exception) when (exception.ExitCode == ExitCode.Unreachable && time.GetElapsedTime(answered) < Patience)
            {
                display.Report("Waiting for the app to answer", 0, 0, "");
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause;
        }
    }

    private static string Stage(JobDocument job) => (job.Status, job.Stage, job.Kind) switch
    {
        ("pending", _, _) => "Waiting",
        (_, "plan", _) => "Planning",
        (_, "chunks", "tts") => "Speaking",
        (_, "chunks", _) => "Listening",
        (_, "stitch", "tts") => "Stitching",
        (_, "stitch", _) => "Merging",
        _ => "Publishing",
    };
}
