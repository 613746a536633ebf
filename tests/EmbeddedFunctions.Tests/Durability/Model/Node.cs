using System.Text.Json.Serialization;

namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>A piece of an orchestration that was made at random, as data: <see cref="Interpreter"/> runs it, <see cref="Oracle"/> knows what must come out.</summary>
[JsonDerivedType(typeof(Work), nameof(Work))]
[JsonDerivedType(typeof(Sleep), nameof(Sleep))]
[JsonDerivedType(typeof(Sequence), nameof(Sequence))]
[JsonDerivedType(typeof(All), nameof(All))]
[JsonDerivedType(typeof(Race), nameof(Race))]
[JsonDerivedType(typeof(Deadline), nameof(Deadline))]
[JsonDerivedType(typeof(Attempt), nameof(Attempt))]
[JsonDerivedType(typeof(Exchange), nameof(Exchange))]
[JsonDerivedType(typeof(Child), nameof(Child))]
public abstract record Node
{
    /// <summary>An activity.</summary>
    /// <param name="Failures">How many of its runs fail before one succeeds.</param>
    /// <param name="Attempts">How often it is tried; 1 for a call without retries.</param>
    /// <param name="ByHandler">Whether a handler decides on retries, and not a policy.</param>
    public sealed record Work(int Failures, int Attempts, bool ByHandler) : Node;

    /// <summary>A timer.</summary>
    public sealed record Sleep(int Milliseconds) : Node;

    /// <summary>One after the other; a failure ends it.</summary>
    public sealed record Sequence(IReadOnlyList<Node> Parts) : Node;

    /// <summary>All at once; a failure counts when all have ended.</summary>
    public sealed record All(IReadOnlyList<Node> Parts) : Node;

    /// <summary>Both at once; which one was first is noted, then both are awaited.</summary>
    public sealed record Race(Node One, Node Two) : Node;

    /// <summary>Against a timer of a day and an event that never comes, both of which are cancelled.</summary>
    public sealed record Deadline(Node Body) : Node;

    /// <summary>A failure is caught.</summary>
    public sealed record Attempt(Node Body) : Node;

    /// <summary>The orchestration sends itself events and takes them in order.</summary>
    public sealed record Exchange(int Events) : Node;

    /// <summary>A sub-orchestration.</summary>
    /// <param name="Body">What it does in each of its runs.</param>
    /// <param name="Rounds">Its runs, each but the last of which continues as new.</param>
    /// <param name="Named">Whether the parent chooses its instance id.</param>
    public sealed record Child(Node Body, int Rounds, bool Named) : Node;
}
