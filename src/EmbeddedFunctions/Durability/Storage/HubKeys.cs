using System.Globalization;
using System.Text;

namespace EmbeddedFunctions.Durability.Storage;

/// <summary>
/// Every partition key, row key and blob name of a hub. An instance is one partition, so that what an episode changes is one transaction. Keys within it
/// sort as carry-over, history, head and messages, which one range query reads; receipts sort behind them.
/// </summary>
internal static class HubKeys
{
    public const string Head = "head";

    /// <summary>Instances that are, or may be, at work. Whoever starts looking for work starts here.</summary>
    public const string WakePartition = "wake";

    /// <summary>Instances that sleep until a time, in the order of it.</summary>
    public const string TimerPartition = "timer";

    /// <summary>Behind everything that is loaded of an instance, before its receipts.</summary>
    public const string EndOfInstance = "n";

    public const string MessagesFrom = "m-";

    public const string MessagesTo = "m.";

    public const string ReceiptsFrom = "r-";

    public const string ReceiptsTo = "r.";

    private const string InstancePrefix = "i-";

    /// <summary>A key has 1 KiB of UTF-16; 512 characters, of which the prefix takes some.</summary>
    private const int LongestInstance = 480;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The partition of an instance. Different ids never share one: what is no letter, digit, '-', '_' or '.' becomes '=' and its UTF-8 in hex.</summary>
    /// <exception cref="ArgumentException">The id is empty, too long, or not valid Unicode.</exception>
    public static string Instance(string instanceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var key = InstancePrefix + Escape(instanceId);
        return key.Length <= LongestInstance ? key : throw new ArgumentException("The instance id is too long for a key of Table Storage.", nameof(instanceId));
    }

    /// <summary>The partitions of the instances whose ids begin with a prefix.</summary>
    public static (string From, string To) Instances(string? idPrefix)
    {
        var from = InstancePrefix + Escape(idPrefix ?? string.Empty);
        return (from, from[..^1] + (char)(from[^1] + 1));
    }

    /// <summary>The partition behind this one, as the beginning of a query that goes on.</summary>
    public static string After(string partition) => partition + ' ';

    public static string History(int execution, int episode) => $"h-{execution:D8}-{episode:D8}";

    /// <summary>The first key of the history of an execution; everything before it, from <see cref="HistoryStart"/>, belongs to earlier ones.</summary>
    public static string HistoryOf(int execution) => $"h-{execution:D8}";

    public static string HistoryStart => "h-";

    public static string CarryOverStart => "c-";

    public static string CarryOver(int execution) => $"c-{execution:D8}";

    /// <summary>Messages are read in the order of their keys, so the time comes first.</summary>
    public static string Message(long ticks) => $"m-{ticks:D19}-{Guid.NewGuid():N}";

    public static string Receipt(string messageId) => $"r-{messageId}";

    public static string Wake(long ticks) => $"{ticks:D19}-{Guid.NewGuid():N}";

    /// <summary>The key that a wake row of this time begins with.</summary>
    public static string WakeFrom(long ticks) => $"{ticks:D19}";

    public static long TicksOf(string wakeKey) => long.Parse(wakeKey.AsSpan(0, 19), CultureInfo.InvariantCulture);

    public static string Timer(DateTime due, string generation) => $"{due.Ticks:D19}-{generation}";

    public static string TimerBefore(DateTime due) => $"{due.Ticks:D19}";

    public static string BlobsOf(string instanceId) => $"{Instance(instanceId)}/";

    public static string Blob(string instanceId, string generation) => $"{Instance(instanceId)}/{generation}/{Guid.NewGuid():N}";

    private static string Escape(string text)
    {
        var key = new StringBuilder(text.Length + 16);
        foreach (var value in Strict.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_' or (byte)'.')
            {
                key.Append((char)value);
            }
            else
            {
                key.Append('=').Append(value.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return key.ToString();
    }
}
