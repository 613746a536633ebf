namespace EmbeddedFunctions.Durability.History;

/// <summary>What continue-as-new hands to the next execution.</summary>
/// <param name="Events">Events that nobody had waited for.</param>
/// <param name="Outgoing">What the last episode sends.</param>
/// <param name="SenderExecution">The execution that sends it.</param>
/// <param name="Blob">The blob that has all this when it is too large for a row.</param>
internal sealed record CarryOver(
    IReadOnlyList<HistoryEvent> Events, IReadOnlyList<HistoryEvent> Outgoing, int SenderExecution, string? Blob);
