using CsCheck;

namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>How cases are made.</summary>
internal static class Cases
{
    private const int Deepest = 4;

    /// <summary>A crash can add a run, so that what fails for good must fail however often it runs.</summary>
    private static readonly Gen<Node> Work = Gen.Select(
        Gen.Frequency((6, 1), (2, 2), (1, 3)),
        Gen.Frequency((8, 0), (2, 1), (1, 2)),
        Gen.Bool,
        (attempts, failures, byHandler) => (Node)new Node.Work(failures < attempts ? failures : int.MaxValue, attempts, byHandler));

    private static readonly Gen<Node> Leaf = Gen.Frequency(
        (6, (IGen<Node>)Work),
        (1, Gen.Int[0, 5].Select(milliseconds => (Node)new Node.Sleep(milliseconds))),
        (1, Gen.Int[1, 4].Select(events => (Node)new Node.Exchange(events))));

    private static readonly Gen<Node> Any = Gen.Recursive<Node>((depth, inner) => depth >= Deepest ? Leaf : Gen.Frequency(
        (4, (IGen<Node>)Leaf),
        (3, Parts(inner).Select(parts => (Node)new Node.Sequence(parts))),
        (3, Parts(inner).Select(parts => (Node)new Node.All(parts))),
        (1, Gen.Select(inner, inner, (one, two) => (Node)new Node.Race(one, two))),
        (1, inner.Select(body => (Node)new Node.Deadline(body))),
        (2, inner.Select(body => (Node)new Node.Attempt(body))),
        (2, Gen.Select(inner, Gen.Int[1, 3], Gen.Bool, (body, rounds, named) => (Node)new Node.Child(body, rounds, named)))));

    private static readonly Gen<ModelRun> Run = Gen.Select(
        Any,
        Gen.Frequency((3, 1), (1, 2), (1, 3)),
        Gen.Frequency((3, 0), (1, 1), (1, 3)),
        (body, rounds, letters) => new ModelRun(body, "m", rounds, 0, letters, string.Empty));

    private static readonly Gen<Crash> Crash = Gen.Select(
        Gen.Int[1, 30],
        Gen.Frequency((3, CrashKind.BeforeTheWrite), (3, CrashKind.AfterTheWrite), (1, CrashKind.LosesTheLease)),
        (write, how) => new Crash(write, how));

    public static Gen<Case> All { get; } = Gen.Select(
        Run,
        Crash.List[0, 6],
        Gen.Dictionary(Gen.Int[1, 60], Gen.Bool)[0, 3],
        Gen.Frequency((3, Gen.Const(new List<int>())), (1, Gen.Int[1, 40].List[1, 2])),
        Gen.Bool,
        Gen.OneOf(2, 1000),
        Gen.OneOf(1, 2, 8),
        (run, crashes, hiccups, suspensions, keeps, crowd, parallel) => new Case(run, crashes, hiccups, suspensions, keeps, crowd, parallel));

    private static Gen<List<Node>> Parts(Gen<Node> inner) => inner.List[1, 4];
}
