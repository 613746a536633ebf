using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>How a chunk failed at a target for the last time.</summary>
public sealed record TargetFailure(int Target, string Provider, ProviderFailureKind Kind, string? Detail);
