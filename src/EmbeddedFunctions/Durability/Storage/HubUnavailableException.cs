namespace EmbeddedFunctions.Durability.Storage;

/// <summary>Storage cannot be reached, is slow, or throttles: the same call may succeed later, and may have been done.</summary>
internal sealed class HubUnavailableException(Exception cause) : Exception($"Storage does not answer: {cause.Message}", cause);
