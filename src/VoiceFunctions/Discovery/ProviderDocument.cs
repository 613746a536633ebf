using VoiceFunctions.Providers;

namespace VoiceFunctions.Discovery;

/// <summary>A provider as <c>GET /api/providers</c> shows it.</summary>
internal sealed record ProviderDocument
{
    public required string Name { get; init; }

    public required bool Configured { get; init; }

    /// <summary>Why it is not configured.</summary>
    public required string? Reason { get; init; }

    public required int Concurrency { get; init; }

    public required OperationDocument<SynthesisModel> Synthesis { get; init; }

    public required OperationDocument<RecognitionModel> Recognition { get; init; }
}
