using System.Text.Json.Serialization;

namespace EmbeddedFunctions.Durability.History;

/// <summary>
/// One thing that happened to an execution. An episode is recorded as its time, then what arrived, in the order in which the orchestrator saw it, then what
/// the orchestrator did.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$")]
[JsonDerivedType(typeof(EpisodeStarted), "episode")]
[JsonDerivedType(typeof(TaskCompleted), "completed")]
[JsonDerivedType(typeof(TaskFailed), "failed")]
[JsonDerivedType(typeof(TimerFired), "fired")]
[JsonDerivedType(typeof(EventRaised), "event")]
[JsonDerivedType(typeof(Suspended), "suspended")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(ActivityScheduled), "activity")]
[JsonDerivedType(typeof(TimerCreated), "timer")]
[JsonDerivedType(typeof(ChildScheduled), "child")]
[JsonDerivedType(typeof(EventSent), "send")]
[JsonDerivedType(typeof(ExecutionEnded), "ended")]
internal abstract record HistoryEvent
{
    /// <summary>The payload that a replay needs; it may have to be loaded first.</summary>
    public virtual Payload? Replayed() => null;

    /// <summary>Every payload that may be in a blob.</summary>
    public virtual Payload? Stored() => Replayed();

    public sealed record EpisodeStarted(DateTime Time) : HistoryEvent;

    /// <summary>Of an activity or a child.</summary>
    public sealed record TaskCompleted(int TaskId, Payload? Result) : HistoryEvent
    {
        public override Payload? Replayed() => Result;
    }

    /// <summary>Of an activity or a child.</summary>
    public sealed record TaskFailed(int TaskId, Failure Failure) : HistoryEvent;

    public sealed record TimerFired(int TaskId) : HistoryEvent;

    public sealed record EventRaised(string Name, Payload? Input) : HistoryEvent
    {
        public override Payload? Replayed() => Input;
    }

    public sealed record Suspended : HistoryEvent;

    public sealed record Resumed : HistoryEvent;

    public sealed record ActivityScheduled(int TaskId, string Name, Payload? Input) : Action(TaskId)
    {
        public override Payload? Stored() => Input;

        public override string Describe() => $"activity '{Name}'";

        public override Action With(Payload? stored) => this with { Input = stored };
    }

    public sealed record TimerCreated(int TaskId, DateTime DueAt) : Action(TaskId)
    {
        public override string Describe() => "a timer";
    }

    public sealed record ChildScheduled(int TaskId, string Name, string InstanceId, Payload? Input) : Action(TaskId)
    {
        public override Payload? Stored() => Input;

        public override string Describe() => $"sub-orchestration '{Name}' with instance id '{InstanceId}'";

        public override Action With(Payload? stored) => this with { Input = stored };
    }

    public sealed record EventSent(int TaskId, string InstanceId, string Name, Payload? Input) : Action(TaskId)
    {
        public override Payload? Stored() => Input;

        public override string Describe() => $"event '{Name}' for instance '{InstanceId}'";

        public override Action With(Payload? stored) => this with { Input = stored };
    }

    /// <param name="Status">The status it ended in.</param>
    /// <param name="TerminatedChildren">Which children go with it.</param>
    public sealed record ExecutionEnded(InstanceStatus Status, IReadOnlyList<string> TerminatedChildren) : HistoryEvent;

    /// <summary>What the orchestrator did by a call of its context; numbered in the order of the calls.</summary>
    internal abstract record Action(int TaskId) : HistoryEvent
    {
        /// <summary>What it is, for comparing it with what a replay did, and for saying so.</summary>
        public abstract string Describe();

        public virtual Action With(Payload? stored) => this;
    }
}
