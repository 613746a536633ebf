namespace VoiceFunctions.Jobs.Requests;

/// <summary>The body of <c>POST /api/uploads</c>.</summary>
internal sealed record UploadRequest
{
    /// <summary>The name of the file, for its extension and for people.</summary>
    public string? Name { get; init; }

    public string? MediaType { get; init; }
}
