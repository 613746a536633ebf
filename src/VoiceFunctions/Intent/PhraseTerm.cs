using System.Collections.Frozen;

namespace VoiceFunctions.Intent;

/// <summary>One step of a phrase: an anchor, or a word with the gap that may stand before it.</summary>
internal sealed record PhraseTerm(PhraseAnchor Anchor, FrozenSet<string> Words, IReadOnlyList<string> Stems, int Gap, bool AcrossClauses)
{
    public bool Matches(Token token)
    {
        if (token.Kind != TokenKind.Word)
        {
            return false;
        }

        if (Words.Contains(token.Text))
        {
            return true;
        }

        foreach (var stem in Stems)
        {
            if (token.Text.StartsWith(stem, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
