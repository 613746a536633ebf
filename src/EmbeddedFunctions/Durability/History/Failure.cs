using Microsoft.DurableTask;

namespace EmbeddedFunctions.Durability.History;

/// <summary>Why something failed, as history has it.</summary>
internal sealed record Failure(string Type, string Message, string? StackTrace, Failure? Inner)
{
    private const int DeepestCause = 8;

    /// <summary>In characters. A message that carries a document must not make its row too large.</summary>
    private const int LongestText = 8 * 1024;

    /// <summary>Whether another attempt would fail alike, so that retry policies do not make one.</summary>
    public bool IsFinal { get; init; }

    public static Failure Of(Exception exception)
    {
        try
        {
            return Of(TaskFailureDetails.FromException(exception), DeepestCause);
        }
        catch (Exception unreadable)
        {
            // Its members are code of the app, and may throw themselves.
            return new Failure(exception.GetType().ToString(), $"The exception cannot be read: {unreadable.GetType()}", null, null);
        }
    }

    public static Failure Of(TaskFailureDetails details) => Of(details, DeepestCause);

    public TaskFailureDetails ToDetails() => new(Type, Message, StackTrace, Inner?.ToDetails(), null);

    private static Failure Of(TaskFailureDetails details, int depth) => new(
        details.ErrorType,
        Cut(details.ErrorMessage),
        details.StackTrace is { } trace ? Cut(trace) : null,
        details.InnerFailure is { } inner && depth > 0 ? Of(inner, depth - 1) : null);

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];
}
