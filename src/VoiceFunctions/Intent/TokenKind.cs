namespace VoiceFunctions.Intent;

internal enum TokenKind
{
    /// <summary>A word, or a placeholder that takes a word's place: a quotation, an address, code, a formula.</summary>
    Word,

    /// <summary>A comma, a bracket, a dash, an emoji: the clause ends.</summary>
    Comma,

    /// <summary>A colon: the clause ends, and what follows may be material to work on.</summary>
    Colon,

    /// <summary>The sentence ends.</summary>
    Stop,
}
