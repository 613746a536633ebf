using System.Text.Json.Nodes;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>A transcription as each response format writes it, with a member that no client knows yet.</summary>
internal static class LoopbackOpenAIAnswer
{
    public static string Write(LoopbackOpenAI server, string model, string format, string[] granularities, double seconds)
    {
        var words = server.Transcript.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var answer = new JsonObject { ["text"] = server.Transcript, ["a_member_of_tomorrow"] = new JsonObject { ["deep"] = new JsonArray(1, "two") } };
        if (model is "gpt-transcribe")
        {
            answer["languages"] = new JsonArray("en");
        }

        answer["usage"] = model is "whisper-1" or "gpt-transcribe"
            ? new JsonObject { ["type"] = "duration", ["seconds"] = Math.Ceiling(seconds) }
            : new JsonObject { ["type"] = "tokens", ["input_tokens"] = 14, ["output_tokens"] = 45, ["total_tokens"] = 59 };
        if (format is "json")
        {
            return answer.ToJsonString();
        }

        answer["task"] = "transcribe";
        answer["duration"] = seconds;
        if (format is "verbose_json")
        {
            answer["language"] = server.Language;
            if (granularities.Contains("word"))
            {
                answer["words"] = new JsonArray([.. words.Select((word, i) => new JsonObject
                {
                    ["word"] = word, ["start"] = seconds * i / words.Length, ["end"] = seconds * (i + 1) / words.Length,
                })]);
            }
        }

        answer["segments"] = words.Length == 0 ? [] : new JsonArray(
            Segment(format, 0, 0, seconds / 2, string.Join(' ', words[..(words.Length / 2)])),
            Segment(format, 1, seconds / 2, seconds, string.Join(' ', words[(words.Length / 2)..])));
        return answer.ToJsonString();
    }

    private static JsonObject Segment(string format, int index, double start, double end, string text) => format is "diarized_json"
        ? new JsonObject { ["type"] = "transcript.text.segment", ["id"] = $"seg_{index}", ["start"] = start, ["end"] = end, ["text"] = text, ["speaker"] = index == 0 ? "A" : "B" }
        : new JsonObject
        {
            ["id"] = index, ["seek"] = 0, ["start"] = start, ["end"] = end, ["text"] = " " + text, ["tokens"] = new JsonArray(1, 2), ["temperature"] = 0,
            ["avg_logprob"] = -0.2, ["compression_ratio"] = 1.1, ["no_speech_prob"] = 0.01,
        };
}
