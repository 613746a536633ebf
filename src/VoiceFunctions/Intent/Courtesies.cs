using System.Collections.Frozen;

namespace VoiceFunctions.Intent;

/// <summary>The words that people put around a request, and where they let it begin and end.</summary>
internal static class Courtesies
{
    private const int MaxFillers = 8;

    // What may stand between the start of a clause and the verb of a request.
    private static readonly FrozenSet<string> Openers = Words(
        "please|pls|plz|kindly|can|could|would|will|u|you|just|hey|hi|hello|ok|okay|so|but|then|now|also|always|maybe|lets|rather|instead|simply|to|"
            + "mind|only|actually|on|from|possibly|perhaps|quick|quickly|yes|no|not|bot|assistant");

    private static readonly FrozenSet<string> Wishes = Words("want|need|like|love|wish|prefer|ask|asked");

    private static readonly FrozenSet<string> Conjunctions = Words("and|or|или|и");

    private static readonly FrozenSet<string> Fillers = Words(
        "ok|okay|so|and|hey|well|sorry|thanks|thank|you|please|pls|plz|yes|yeah|yep|sure|cool|nice|great|wow|haha|lol|oh|ah|hm|hmm|now|wait|hang|love|"
        + "а|и|ну|да|ага|ок|окей|угу|так|хорошо|спасибо|пожалуйста|пж|плиз|плз|круто|класс|супер|ой|о|ух|ха|ахах|ахаха|понятно|ясно|ладно|извини|прости|"
        + "подожди");

    /// <summary>Whether an imperative that stands at <paramref name="at"/> is addressed to the assistant, rather than told about.</summary>
    public static bool CanBeginRequest(IReadOnlyList<Token> tokens, int at)
    {
        for (var i = at - 1; i >= Math.Max(0, at - MaxFillers); i--)
        {
            var token = tokens[i];
            if (token.Kind != TokenKind.Word || Conjunctions.Contains(token.Text))
            {
                return true;
            }

            if (!Openers.Contains(token.Text))
            {
                return Wishes.Contains(token.Text) && tokens[i + 1].Text is "you" or "u";
            }
        }

        return true;
    }

    public static bool OnlyFillersBefore(IReadOnlyList<Token> tokens, int at) =>
        at <= MaxFillers && tokens.Take(at).All(IsFiller);

    public static bool OnlyFillersAfter(IReadOnlyList<Token> tokens, int at) =>
        tokens.Count - at <= MaxFillers && tokens.Skip(at).All(IsFiller);

    private static bool IsFiller(Token token) => token.Kind != TokenKind.Word || Fillers.Contains(token.Text);

    private static FrozenSet<string> Words(string list) => list.Split('|').ToFrozenSet(StringComparer.Ordinal);
}
