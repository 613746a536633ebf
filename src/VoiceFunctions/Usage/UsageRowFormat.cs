using System.Text;
using VoiceFunctions.Providers;
using VoiceFunctions.Resilience;

namespace VoiceFunctions.Usage;

/// <summary>The bytes of a row: a version, the names, then each series as numbers of variable length that point at its names.</summary>
internal static class UsageRowFormat
{
    private const byte Version = 1;

    public static byte[] Write(IReadOnlyList<KeyValuePair<UsageSeries, UsageSums>> page)
    {
        var names = new Dictionary<string, int>();
        foreach (var (series, _) in page)
        {
            foreach (var name in new[] { series.KeyName, series.Provider, series.Model, series.Outcome })
            {
                if (name is not null)
                {
                    names.TryAdd(name, names.Count + 1);
                }
            }
        }

        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Version);
        writer.Write7BitEncodedInt(names.Count);
        foreach (var name in names.Keys)
        {
            writer.Write(name);
        }

        writer.Write7BitEncodedInt(page.Count);
        foreach (var (series, sums) in page)
        {
            writer.Write7BitEncodedInt(Index(series.KeyName));
            writer.Write7BitEncodedInt((int)series.Operation);
            writer.Write7BitEncodedInt(Index(series.Provider));
            writer.Write7BitEncodedInt(Index(series.Model));
            writer.Write7BitEncodedInt(series.Unit is { } unit ? (int)unit + 1 : 0);
            writer.Write7BitEncodedInt(series.Cache is { } cache ? (int)cache + 1 : 0);
            writer.Write7BitEncodedInt(Index(series.Outcome));
            sums.Write(writer);
        }

        writer.Flush();
        return bytes.ToArray();

        int Index(string? name) => name is null ? 0 : names[name];
    }

    /// <exception cref="InvalidDataException">The bytes are of another format, or damaged.</exception>
    public static List<KeyValuePair<UsageSeries, UsageSums>> Read(ReadOnlySpan<byte> content)
    {
        using var bytes = new MemoryStream(content.ToArray());
        using var reader = new BinaryReader(bytes, Encoding.UTF8);
        try
        {
            if (reader.ReadByte() != Version)
            {
                throw new InvalidDataException("A row of usage is of a version that is not known here.");
            }

            List<string?> names = [null];
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                names.Add(reader.ReadString());
            }

            List<KeyValuePair<UsageSeries, UsageSums>> page = [];
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                var key = names[reader.Read7BitEncodedInt()];
                var operation = (SpeechOperation)reader.Read7BitEncodedInt();
                var series = new UsageSeries
                {
                    KeyName = key,
                    Operation = operation,
                    Provider = names[reader.Read7BitEncodedInt()],
                    Model = names[reader.Read7BitEncodedInt()],
                    Unit = reader.Read7BitEncodedInt() is > 0 and var unit ? (BillingUnit)(unit - 1) : null,
                    Cache = reader.Read7BitEncodedInt() is > 0 and var cache ? (CacheOutcome)(cache - 1) : null,
                    Outcome = names[reader.Read7BitEncodedInt()]!,
                };
                page.Add(new(series, UsageSums.Read(reader)));
            }

            return page;
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("A row of usage is damaged.", exception);
        }
    }
}
