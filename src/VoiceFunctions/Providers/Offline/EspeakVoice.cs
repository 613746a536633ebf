using System.Text.RegularExpressions;

namespace VoiceFunctions.Providers.Offline;

/// <summary>A voice as <c>espeak-ng --voices</c> lists it; <paramref name="Id"/> is what <c>-v</c> takes.</summary>
/// <param name="Id">The tag in the column Language, which is BCP-47 in lower case for all but a few invented languages.</param>
/// <param name="Gender"><c>male</c>, <c>female</c> or <see langword="null"/>.</param>
/// <param name="Languages">The tags that the voice answers to, its own first, each with espeak's priority: the lower, the better the fit.</param>
internal sealed partial record EspeakVoice(string Id, string? Gender, IReadOnlyList<KeyValuePair<string, int>> Languages)
{
    public static IReadOnlyList<EspeakVoice> ParseList(string list)
    {
        var voices = new List<EspeakVoice>();
        foreach (Match line in Line().Matches(list))
        {
            var id = line.Groups["language"].Value.ToLowerInvariant();
            if (voices.Exists(voice => voice.Id == id)) continue;
            List<KeyValuePair<string, int>> languages = [new(id, int.Parse(line.Groups["priority"].ValueSpan))];
            foreach (Match other in Other().Matches(line.Groups["others"].Value))
            {
                languages.Add(new(other.Groups["language"].Value.ToLowerInvariant(), int.Parse(other.Groups["priority"].ValueSpan)));
            }

            voices.Add(new EspeakVoice(id, line.Groups["gender"].Value switch { "M" => "male", "F" => "female", _ => null }, languages));
        }

        return voices;
    }

    /// <summary>The voice that fits a BCP-47 tag best: of the tag itself, else of what is left of it without its last part, and so on.</summary>
    public static EspeakVoice? Find(IReadOnlyList<EspeakVoice> voices, string language)
    {
        for (var tag = language.ToLowerInvariant(); ; tag = tag[..tag.LastIndexOf('-')])
        {
            EspeakVoice? best = null;
            var bestPriority = int.MaxValue;
            foreach (var voice in voices)
            {
                if (voice.Id == tag) return voice;
                foreach (var (other, priority) in voice.Languages)
                {
                    if (other == tag && priority < bestPriority) (best, bestPriority) = (voice, priority);
                }
            }

            if (best is not null || !tag.Contains('-')) return best;
        }
    }

    // Pty Language Age/Gender VoiceName File Other Languages
    [GeneratedRegex(
        @"^ *(?<priority>\d+) +(?<language>[A-Za-z0-9-]+) +[^ /]+/(?<gender>\S+) +\S+ +\S+ *(?<others>.*)$",
        RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Line();

    [GeneratedRegex(@"\((?<language>[A-Za-z0-9-]+) (?<priority>\d+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Other();
}
