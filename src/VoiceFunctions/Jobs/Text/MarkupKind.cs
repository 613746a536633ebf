namespace VoiceFunctions.Jobs.Text;

internal enum MarkupKind
{
    /// <summary>The start tag of an element that chunks can share: each repeats it.</summary>
    Open,

    /// <summary>The end tag of such an element.</summary>
    Close,

    /// <summary>A whole element that stays in one piece.</summary>
    Whole,
}
