using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Text;

/// <summary>How long a chunk may be.</summary>
/// <param name="Providers">As it is written, in each provider's unit.</param>
/// <param name="MaxWords">In characters of its words as they stand on a screen, where captions ask for it.</param>
internal sealed record ChunkLimits(IReadOnlyList<ProviderLimit> Providers, int? MaxWords)
{
    /// <summary>How much of what is allowed the script between two places fills; more than 1 does not fit.</summary>
    public double Fill(in MeasuredBreak start, in MeasuredBreak end)
    {
        var written = end.Before - start.Before + start.Tags.Open + end.Tags.Close;
        var fill = MaxWords is { } most ? (double)(end.Characters - start.Characters) / most : 0;
        for (var index = 0; index < Providers.Count; index++) fill = Math.Max(fill, (double)written.In(Providers[index].Unit) / Providers[index].Amount);
        return fill;
    }
}
