namespace VoiceFunctions.Jobs.DropFolder;

/// <summary>Why a dropped file came to nothing.</summary>
internal sealed record DropReason
{
    /// <summary>The name of the file in the drop folder.</summary>
    public required string Path { get; init; }

    /// <summary>Of the version that it was.</summary>
    public required string ETag { get; init; }

    /// <summary>A code of the API's problems.</summary>
    public required string Code { get; init; }

    public required string Detail { get; init; }

    /// <summary>Option to messages, where options were wrong.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The job that failed; absent when none was made.</summary>
    public string? Job { get; init; }

    public required DateTimeOffset Time { get; init; }
}
