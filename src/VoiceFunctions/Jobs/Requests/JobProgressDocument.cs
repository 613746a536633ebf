namespace VoiceFunctions.Jobs.Requests;

/// <summary>How far the stage has come: steps, and the share of them that is done.</summary>
internal sealed record JobProgressDocument(int Done, int Total, int Percent)
{
    /// <summary>Rounded down, so that 100 is all of it.</summary>
    public static JobProgressDocument Of(Job job) => new(job.Done, job.Total, job.Total > 0 ? (int)Math.Min(100, 100L * job.Done / job.Total) : 0);
}
