namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>The head of the instance is not the one that was read: what was made of it has not happened.</summary>
internal sealed class HubConflictException() : Exception("The instance was changed by another process.");
