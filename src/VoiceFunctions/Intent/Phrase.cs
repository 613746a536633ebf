using System.Collections.Frozen;

namespace VoiceFunctions.Intent;

/// <summary>
/// A pattern over words. <c>say|tell</c> alternatives, <c>сказк*</c> a stem, <c>говори(те)</c> an optional ending, <c>@voice</c> a list of the
/// <see cref="Vocabulary"/>; <c>~3</c> up to three words between, inside the clause, and <c>~~3</c> inside the sentence; <c>^</c> where a request
/// can begin, <c>$</c> end of a clause, <c>&lt;</c> and <c>&gt;</c> start and end of the message.
/// </summary>
/// <remarks>Gaps and length are bounded, so that trying a phrase at one place is bounded and a message takes linear time.</remarks>
internal sealed class Phrase
{
    private readonly PhraseTerm[] _terms;

    private Phrase(PhraseTerm[] terms) => _terms = terms;

    public static Phrase Parse(string pattern)
    {
        var terms = new List<PhraseTerm>();
        var (gap, across) = (0, false);
        foreach (var part in pattern.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part[0] == '~')
            {
                across = part.StartsWith("~~", StringComparison.Ordinal);
                gap = int.Parse(part.AsSpan(across ? 2 : 1));
                continue;
            }

            var anchor = part switch
            {
                "^" => PhraseAnchor.RequestStart,
                "$" => PhraseAnchor.ClauseEnd,
                "<" => PhraseAnchor.MessageStart,
                ">" => PhraseAnchor.MessageEnd,
                _ => PhraseAnchor.None,
            };
            var words = anchor == PhraseAnchor.None ? Vocabulary.Expand(part) : [];
            terms.Add(new PhraseTerm(
                anchor,
                words.Where(word => word[^1] != '*').ToFrozenSet(StringComparer.Ordinal),
                [.. words.Where(word => word[^1] == '*').Select(word => word[..^1])],
                gap,
                across));
            (gap, across) = (0, false);
        }

        return new Phrase([.. terms]);
    }

    /// <summary>The last token of a match that begins at <paramref name="start"/>, or null.</summary>
    public int? MatchAt(IReadOnlyList<Token> tokens, int start) => Match(tokens, start, 0);

    private int? Match(IReadOnlyList<Token> tokens, int at, int term)
    {
        if (term == _terms.Length)
        {
            return at - 1;
        }

        var wanted = _terms[term];
        for (var skipped = 0; at <= tokens.Count; at++)
        {
            if (Step(wanted, tokens, at) is { } next && Match(tokens, next, term + 1) is { } last)
            {
                return last;
            }

            if (at == tokens.Count)
            {
                break;
            }

            if (tokens[at].Kind == TokenKind.Word ? ++skipped > wanted.Gap : tokens[at].Kind == TokenKind.Stop || !wanted.AcrossClauses)
            {
                break;
            }
        }

        return null;
    }

    // An anchor holds at a place and takes no token; a word takes one.
    private static int? Step(PhraseTerm wanted, IReadOnlyList<Token> tokens, int at)
    {
        if (wanted.Anchor != PhraseAnchor.None)
        {
            return Holds(wanted.Anchor, tokens, at) ? at : null;
        }

        return at < tokens.Count && wanted.Matches(tokens[at]) ? at + 1 : null;
    }

    private static bool Holds(PhraseAnchor anchor, IReadOnlyList<Token> tokens, int at) => anchor switch
    {
        PhraseAnchor.RequestStart => Courtesies.CanBeginRequest(tokens, at),
        PhraseAnchor.MessageStart => Courtesies.OnlyFillersBefore(tokens, at),
        PhraseAnchor.ClauseEnd => at == tokens.Count || tokens[at].Kind != TokenKind.Word,
        PhraseAnchor.MessageEnd => Courtesies.OnlyFillersAfter(tokens, at),
        _ => true,
    };
}
