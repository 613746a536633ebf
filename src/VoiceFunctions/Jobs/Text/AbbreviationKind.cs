namespace VoiceFunctions.Jobs.Text;

/// <summary>What the dot behind an abbreviation can mean.</summary>
internal enum AbbreviationKind
{
    /// <summary>The abbreviation belongs to what follows: <c>Dr.</c>, <c>z.</c> of <c>z. B.</c></summary>
    Leading,

    /// <summary>It belongs to what follows if that is a number, and else is a word that ends a sentence: <c>No.</c></summary>
    Numbering,

    /// <summary>It ends a sentence if the next word begins like one: <c>etc.</c></summary>
    Trailing,

    /// <summary>Nobody can tell without understanding: <c>Inc.</c>, <c>p.m.</c></summary>
    Unclear,
}
