namespace VoiceFunctions.Intent;

/// <summary>Runs every rule over one text and settles which of the matches that overlap count.</summary>
internal sealed class SignalScan
{
    private const int MaxQuotedLength = 80;

    // Matches are compared pairwise; nobody says the same thing in earnest more often than this.
    private const int MaxMatchesPerRule = 16;

    private readonly List<SignalMatch> _matches;

    private SignalScan(List<SignalMatch> matches, int words) => (_matches, WordCount) = (matches, words);

    public int WordCount { get; }

    /// <summary>The request for or against voice that stands: the last one said, unless it is part of the material.</summary>
    public SignalMatch? Directive { get; private init; }

    public static SignalScan Of(string? text, IReadOnlyList<SignalRule> rules, int maxLength = Tokenizer.MaxLength)
    {
        var message = text ?? string.Empty;
        var tokens = Tokenizer.Tokenize(message, maxLength);
        var matches = new List<SignalMatch>();
        foreach (var rule in rules)
        {
            Collect(rule, message, tokens, matches);
        }

        List<SignalMatch> standing = [.. matches.Where(match => !matches.Exists(other => Defeats(other, match)))];
        return new SignalScan(standing, tokens.Count(token => token.Kind == TokenKind.Word)) { Directive = LastDirective(tokens, standing) };
    }

    /// <summary>What speaks for <paramref name="signal"/>, in rule order, one match per reason.</summary>
    public IReadOnlyList<SignalMatch> For(Signal signal) => [.. _matches.Where(match => match.Signal == signal).DistinctBy(match => match.Rule)];

    public bool Has(Signal signal) => _matches.Exists(match => match.Signal == signal);

    private static void Collect(SignalRule rule, string message, List<Token> tokens, List<SignalMatch> matches)
    {
        var found = 0;
        for (var first = 0; first < tokens.Count && found < MaxMatchesPerRule; first++)
        {
            if (tokens[first].Kind != TokenKind.Word)
            {
                continue;
            }

            foreach (var phrase in rule.Phrases)
            {
                if (phrase.MatchAt(tokens, first) is { } last)
                {
                    matches.Add(new SignalMatch(rule, first, last, Excerpt(message, tokens[first].Start, tokens[last].End)));
                    found++;
                    first = last;
                    break;
                }
            }
        }
    }

    private static string Excerpt(string message, int start, int end) =>
        end - start <= MaxQuotedLength ? message[start..end] : string.Concat(message.AsSpan(start, MaxQuotedLength), "…");

    private static bool Defeats(SignalMatch winner, SignalMatch loser) =>
        (winner.Signal, loser.Signal) is
            (Signal.Ask, Signal.Refuse) or (Signal.Refuse, Signal.Ask)
            or (Signal.Subject, Signal.Ask or Signal.Hindrance or Signal.Performance)
            or (Signal.Speakable, Signal.Unspeakable)
        && winner.Overlaps(loser)
        && winner.Outweighs(loser);

    private static SignalMatch? LastDirective(List<Token> tokens, List<SignalMatch> matches)
    {
        static bool IsRequest(SignalMatch match) => match.Signal is Signal.Ask or Signal.Refuse or Signal.Material;

        var colon = tokens.FindIndex(token => token.Kind == TokenKind.Colon);
        var beforeColon = matches.Exists(match => IsRequest(match) && match.Last < colon);
        return matches
            .Where(match => match.Signal is Signal.Ask or Signal.Refuse && (!beforeColon || match.First < colon))
            .MaxBy(match => (match.Last, match.Weight));
    }
}
