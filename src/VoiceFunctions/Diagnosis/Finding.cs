namespace VoiceFunctions.Diagnosis;

/// <summary>Something that was looked at.</summary>
/// <param name="State">How it is.</param>
/// <param name="Area">What it belongs to, such as <c>storage</c>.</param>
/// <param name="Text">What was found, in a few words.</param>
/// <param name="Advice">What to do about it; <see langword="null"/> when there is nothing to do.</param>
internal sealed record Finding(FindingState State, string Area, string Text, string? Advice = null)
{
    public static Finding Ok(string area, string text) => new(FindingState.Ok, area, text);

    public static Finding Note(string area, string text, string? advice = null) => new(FindingState.Note, area, text, advice);

    public static Finding Problem(string area, string text, string advice) => new(FindingState.Problem, area, text, advice);
}
