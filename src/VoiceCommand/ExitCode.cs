namespace VoiceCommand;

/// <summary>What a script can go by.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The request was refused, or the job failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a file on this side is wrong. Nothing was ordered.</summary>
    public const int Usage = 2;

    /// <summary>The app cannot be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>The job was cancelled.</summary>
    public const int Cancelled = 4;

    /// <summary>Ctrl-C: what a shell expects. A job that was ordered goes on.</summary>
    public const int Interrupted = 130;
}
