using System.Diagnostics.Metrics;
using VoiceFunctions.Telemetry;

namespace VoiceFunctions.Jobs;

/// <summary>How jobs end, in numbers.</summary>
internal sealed class JobMetrics
{
    private readonly Counter<long> _ended;
    private readonly Histogram<double> _duration;

    public JobMetrics(IMeterFactory meters)
    {
        var meter = meters.CreateVoiceMeter();
        _ended = meter.CreateCounter<long>("voice.job.ended", "{job}", "Jobs that came to an end, in whatever way.");
        _duration = meter.CreateHistogram("voice.job.duration", "s", "Time from a job's creation to its end.", tags: null, VoiceMeter.JobDurations);
    }

    public void Ended(Job job)
    {
        KeyValuePair<string, object?> kind = new(TagNames.JobKind, job.Kind == JobKind.Tts ? "tts" : "stt");
        KeyValuePair<string, object?> status = new(TagNames.JobStatus, job.Status switch
        {
            JobStatus.Succeeded => "succeeded",
            JobStatus.Cancelled => "cancelled",
            _ => "failed",
        });
        _ended.Add(1, kind, status);
        _duration.Record((job.UpdatedAt - job.CreatedAt).TotalSeconds, kind, status);
    }
}
