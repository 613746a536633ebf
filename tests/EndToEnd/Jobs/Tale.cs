namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>A text of which a job with captions makes a chunk of every sentence, because no two fit into one cue.</summary>
internal static class Tale
{
    public static string Of(string title, int sentences) => string.Join(' ', Enumerable.Range(0, sentences).Select(number => Sentence(title, number)));

    public static string Sentence(string title, int number) => $"This is the sentence that has the number {number} in the {title} tale.";
}
