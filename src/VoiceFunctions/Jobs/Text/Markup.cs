using VoiceFunctions.Fallback;

namespace VoiceFunctions.Jobs.Text;

/// <summary>Markup between or around the words of a script.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Where it is among the words.</param>
/// <param name="Length">How many of the words stand inside, for a whole element.</param>
/// <param name="Xml">As it is written.</param>
internal sealed record Markup(MarkupKind Kind, int Position, int Length, string Xml)
{
    public TextMeasure Measure { get; } = TextMeasure.Of(Xml);

    /// <summary>The end tag that a start tag asks for.</summary>
    public string EndTag { get; init; } = "";

    /// <summary>Whether a cut between the words at its position leaves it behind the words before.</summary>
    public bool IsBehindWords => Kind is MarkupKind.Close || (Kind is MarkupKind.Whole && Length == 0);
}
