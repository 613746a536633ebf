namespace VoiceFunctions.Providers.Google;

/// <summary>The body of an error: google.rpc.Status, of which only the machine-readable details are read.</summary>
internal sealed record GoogleError(GoogleError.Status? Error)
{
    internal sealed record Status(IReadOnlyList<Detail>? Details);

    /// <summary>google.rpc.ErrorInfo has a reason, google.rpc.RetryInfo a delay.</summary>
    internal sealed record Detail(string? Reason, string? RetryDelay);
}
