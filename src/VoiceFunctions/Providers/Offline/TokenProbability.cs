using System.Numerics.Tensors;

namespace VoiceFunctions.Providers.Offline;

/// <summary>The likeliest token and the logarithm of its probability.</summary>
internal static class TokenProbability
{
    /// <param name="logits">Of every token.</param>
    /// <param name="scratch">As many numbers.</param>
    /// <param name="except">A token that is not to be chosen; its probability is still counted.</param>
    public static (int Token, double LogProbability) Best(ReadOnlySpan<float> logits, Span<float> scratch, int? except = null)
    {
        var token = except is { } other ? Next(logits, other) : TensorPrimitives.IndexOfMax(logits);
        scratch = scratch[..logits.Length];
        TensorPrimitives.Subtract(logits, logits[token], scratch);
        TensorPrimitives.Exp(scratch, scratch);
        return (token, -Math.Log(TensorPrimitives.Sum<float>(scratch)));
    }

    private static int Next(ReadOnlySpan<float> logits, int except)
    {
        var before = TensorPrimitives.IndexOfMax(logits[..except]);
        var behind = TensorPrimitives.IndexOfMax(logits[(except + 1)..]) + except + 1;
        return behind > except && (before < 0 || logits[behind] > logits[before]) ? behind : before;
    }
}
