namespace Microsoft.Azure.Functions.Worker;

/// <summary>Times in UTC.</summary>
public class ScheduleStatus
{
    /// <summary>When it last ran; the default value when it has not run yet.</summary>
    public DateTime Last { get; set; }

    /// <summary>When it is due next, as reckoned at the last run: for the run that is given this, the time that it was due.</summary>
    public DateTime Next { get; set; }

    /// <summary>The time that <see cref="Next"/> was reckoned from.</summary>
    public DateTime LastUpdated { get; set; }
}
