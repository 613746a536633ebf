using System.Numerics.Tensors;

namespace VoiceFunctions.Providers.Offline;

/// <summary>The likeliest token and the logarithm of its probability.</summary>
internal static class TokenProbability
{
    public static (int Token, double LogProbability) Best(ReadOnlySpan<float> logits, Span<float> scratch)
    {
        var token = TensorPrimitives.IndexOfMax(logits);
        scratch = scratch[..logits.Length];
        TensorPrimitives.Subtract(logits, logits[token], scratch);
        TensorPrimitives.Exp(scratch, scratch);
        return (token, -Math.Log(TensorPrimitives.Sum<float>(scratch)));
    }
}
