namespace VoiceFunctions.Testing.Loopback;

/// <summary>What a loopback server would answer if nothing went wrong.</summary>
public sealed record LoopbackReply(int Status, string ContentType, byte[] Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public bool IsSuccess => Status is >= 200 and < 300;

    public static LoopbackReply Json(string json, int status = 200) => new(status, "application/json", System.Text.Encoding.UTF8.GetBytes(json));

    public static LoopbackReply Text(string text, int status = 200) => new(status, "text/plain; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(text));
}
