using VoiceFunctions.Resilience;

namespace VoiceFunctions.Discovery;

/// <summary>What a provider can do in one direction, and how it has been doing. What there has been no traffic for is <see langword="null"/>.</summary>
internal sealed record OperationDocument<TModel>(IReadOnlyList<TModel> Models, string Circuit, TrafficSnapshot Traffic);
