namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>What a chunk does next.</summary>
internal abstract record ChunkStep
{
    private ChunkStep()
    {
    }

    /// <summary>It is tried at a target.</summary>
    public sealed record Try(JobTarget Target) : ChunkStep;

    /// <summary>It waits until a target may be asked again.</summary>
    public sealed record Wait(DateTimeOffset Until) : ChunkStep;

    /// <summary>Nobody is left to be asked.</summary>
    public sealed record GiveUp : ChunkStep;
}
