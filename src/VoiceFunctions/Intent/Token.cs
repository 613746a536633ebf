namespace VoiceFunctions.Intent;

/// <summary>A word in its folded form (lower case, no apostrophes, ё as е) or a break between words, and where it stands in the message.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int End)
{
    public const string Quotation = "<quote>";
    public const string Address = "<url>";
    public const string Code = "<code>";
    public const string Formula = "<math>";
}
