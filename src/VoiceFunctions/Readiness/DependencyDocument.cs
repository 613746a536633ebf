namespace VoiceFunctions.Readiness;

/// <summary>One thing that was asked. <see cref="Elapsed"/> is in seconds; <see cref="CheckedAt"/> is when it last answered or failed to.</summary>
internal sealed record DependencyDocument(string Name, bool Ready, string? Detail, double Elapsed, DateTimeOffset CheckedAt);
