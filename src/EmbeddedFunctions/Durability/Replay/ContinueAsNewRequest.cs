using EmbeddedFunctions.Durability.History;

namespace EmbeddedFunctions.Durability.Replay;

internal sealed record ContinueAsNewRequest(Payload? Input, bool KeepsEvents);
