using System.Text.Json.Serialization;

namespace EmbeddedFunctions.Durability.History;

/// <summary>What others want of an instance, in a row until an episode has taken it in.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$")]
[JsonDerivedType(typeof(Event), "event")]
[JsonDerivedType(typeof(ChildCompleted), "completed")]
[JsonDerivedType(typeof(ChildFailed), "failed")]
[JsonDerivedType(typeof(Terminate), "terminate")]
[JsonDerivedType(typeof(Suspend), "suspend")]
[JsonDerivedType(typeof(Resume), "resume")]
internal abstract record InboxMessage(string Generation)
{
    public virtual Payload? Stored() => null;

    public sealed record Event(string Generation, string Name, Payload? Input) : InboxMessage(Generation)
    {
        public override Payload? Stored() => Input;
    }

    public sealed record ChildCompleted(string Generation, int Execution, int TaskId, Payload? Result) : InboxMessage(Generation)
    {
        public override Payload? Stored() => Result;
    }

    public sealed record ChildFailed(string Generation, int Execution, int TaskId, Failure Failure) : InboxMessage(Generation);

    public sealed record Terminate(string Generation, Payload? Output, bool IsRecursive) : InboxMessage(Generation)
    {
        public override Payload? Stored() => Output;
    }

    public sealed record Suspend(string Generation) : InboxMessage(Generation);

    public sealed record Resume(string Generation) : InboxMessage(Generation);
}
