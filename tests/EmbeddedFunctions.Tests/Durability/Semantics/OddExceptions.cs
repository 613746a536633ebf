namespace EmbeddedFunctions.Tests.Durability.Semantics;

internal static class OddExceptions
{
    public static Exception Create(string kind) => kind switch
    {
        "aggregate" => new AggregateException("several", new InvalidOperationException("one"), new NotSupportedException("two")),
        "nested" => new Generic<string>(),
        "message" => new NoMessageException(),
        "deep" => Enumerable.Range(0, 200).Aggregate(new InvalidOperationException("0"), (cause, index) => new InvalidOperationException($"{index}", cause)),
        "long" => new InvalidOperationException(new string('x', 200_000)),
        "unicode" => new InvalidOperationException("zażółć 🎧 \u0000 \uD800 done"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private sealed class Generic<T> : Exception
    {
        public override string Message => typeof(T).Name;
    }

    private sealed class NoMessageException : Exception
    {
        public override string Message => null!;

        public override string? StackTrace => null;
    }
}
