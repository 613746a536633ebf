using System.Text;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Text;

/// <summary>Text as it stands on a screen: in as few lines as it needs, of about the same length, divided where a reader would pause.</summary>
internal static class CueText
{
    public const int Lines = 2;

    /// <summary>The width of a line, as broadcasters have it (EBU, "Subtitling and captioning", 37 to 42); a Chinese or Japanese character takes two.</summary>
    public const int Columns = 42;

    private static readonly ChunkLimits Line = new([new ProviderLimit(Columns, BillingUnit.Characters)], null);

    public static string Wrap(string words, string? language)
    {
        var text = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (Width(text, 0, text.Length) <= Columns) return text;
        var script = SpeechScript.Plain(text);
        var places = ScriptRuler.Measure(script, Dense(text, BreakFinder.Find(text, language)), Line);
        return Join(text, places, Choose(text, places));
    }

    /// <summary>Chinese and Japanese lines can end behind any character but a few.</summary>
    private static List<TextBreak> Dense(string text, List<TextBreak> breaks)
    {
        var known = breaks.ToDictionary(place => place.Position, place => place.Kind);
        for (var at = 1; at < text.Length; at++)
        {
            if ((Punctuation.IsWide(text[at]) || Punctuation.IsWide(text[at - 1])) && !Graphemes.Extends(text.AsSpan(at)) && Graphemes.DividesWords(text, at))
            {
                known.TryAdd(at, BreakKind.Character);
            }
        }

        return [.. known.OrderBy(place => place.Key).Select(place => new TextBreak(place.Key, place.Value))];
    }

    /// <summary>The place before each place, on the way with the fewest lines and among those the most even one.</summary>
    private static int[] Choose(string text, MeasuredBreak[] places)
    {
        var ways = new (int Lines, int Cost)[places.Length];
        var before = new int[places.Length];
        for (var to = 1; to < places.Length; to++)
        {
            ways[to] = (int.MaxValue, 0);
            for (var from = to - 1; from >= 0; from--)
            {
                var width = Width(text, places[from].Position, places[to].Position);
                if (width > Columns && from < to - 1) break;
                var room = Columns - width;
                var way = (ways[from].Lines + 1, ways[from].Cost + (room * room) + Penalty(places[to].Kind));
                if (way.CompareTo(ways[to]) < 0) (ways[to], before[to]) = (way, from);
            }
        }

        return before;
    }

    /// <summary>In squares of columns: a line may be ten columns shorter for a clause's sake.</summary>
    private static int Penalty(BreakKind kind) => kind switch
    {
        BreakKind.Paragraph or BreakKind.Sentence => 0,
        BreakKind.Clause => 50,
        BreakKind.Word => 150,
        BreakKind.Character => 300,
        BreakKind.Glued => 600,
        _ => 5000,
    };

    private static int Width(string text, int start, int end)
    {
        if (end > start && text[end - 1] is ' ') end--;
        var width = 0;
        foreach (var rune in text.AsSpan(start, end - start).EnumerateRunes())
        {
            if (Graphemes.IsMark(rune)) continue;
            width += !rune.IsBmp || Punctuation.IsWide((char)rune.Value) ? 2 : 1;
        }

        return width;
    }

    private static string Join(string text, MeasuredBreak[] places, int[] before)
    {
        var lines = new Stack<string>();
        for (var at = places.Length - 1; at > 0; at = before[at]) lines.Push(text[places[before[at]].Position..places[at].Position].TrimEnd());
        return new StringBuilder().AppendJoin('\n', lines).ToString();
    }
}
