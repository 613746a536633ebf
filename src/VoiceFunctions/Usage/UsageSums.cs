using VoiceFunctions.Providers;

namespace VoiceFunctions.Usage;

/// <summary>Calls added up. Everything is an integer or a decimal of bounded scale, so that no order of adding changes a sum.</summary>
internal sealed class UsageSums
{
    private const int UnitDecimals = 6;

    public long Requests { get; private set; }

    public long Characters { get; private set; }

    public long AudioMicroseconds { get; private set; }

    public decimal Units { get; private set; }

    /// <summary>US dollars of the calls whose price is known.</summary>
    public decimal CostUsd { get; private set; }

    /// <summary>Calls whose price is not known.</summary>
    public long Unpriced { get; private set; }

    /// <summary>US dollars that the cache saved on calls whose price is known.</summary>
    public decimal SavedUsd { get; private set; }

    /// <summary>Calls served by the cache whose price is not known.</summary>
    public long UnpricedSavings { get; private set; }

    public LatencyHistogram Latency { get; private init; } = new();

    public void Add(UsageRecord call)
    {
        Requests++;
        Characters += call.Characters;
        AudioMicroseconds += (long)Math.Round(call.Audio.TotalMicroseconds);
        Units += decimal.Round(call.Units, UnitDecimals);
        CostUsd += decimal.Round(call.CostUsd ?? 0, ProviderPrice.Decimals);
        Unpriced += call.CostUsd is null ? 1 : 0;
        SavedUsd += decimal.Round(call.SavedUsd ?? 0, ProviderPrice.Decimals);
        UnpricedSavings += call.SavedUsd is null ? 1 : 0;
        Latency.Record(call.Latency);
    }

    public void Merge(UsageSums other)
    {
        Requests += other.Requests;
        Characters += other.Characters;
        AudioMicroseconds += other.AudioMicroseconds;
        Units += other.Units;
        CostUsd += other.CostUsd;
        Unpriced += other.Unpriced;
        SavedUsd += other.SavedUsd;
        UnpricedSavings += other.UnpricedSavings;
        Latency.Merge(other.Latency);
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt64(Requests);
        writer.Write7BitEncodedInt64(Characters);
        writer.Write7BitEncodedInt64(AudioMicroseconds);
        WriteDecimal(writer, Units);
        WriteDecimal(writer, CostUsd);
        writer.Write7BitEncodedInt64(Unpriced);
        WriteDecimal(writer, SavedUsd);
        writer.Write7BitEncodedInt64(UnpricedSavings);
        Latency.Write(writer);
    }

    public static UsageSums Read(BinaryReader reader) => new()
    {
        Requests = reader.Read7BitEncodedInt64(),
        Characters = reader.Read7BitEncodedInt64(),
        AudioMicroseconds = reader.Read7BitEncodedInt64(),
        Units = ReadDecimal(reader),
        CostUsd = ReadDecimal(reader),
        Unpriced = reader.Read7BitEncodedInt64(),
        SavedUsd = ReadDecimal(reader),
        UnpricedSavings = reader.Read7BitEncodedInt64(),
        Latency = LatencyHistogram.Read(reader),
    };

    private static void WriteDecimal(BinaryWriter writer, decimal value)
    {
        foreach (var part in decimal.GetBits(value))
        {
            writer.Write7BitEncodedInt(part);
        }
    }

    private static decimal ReadDecimal(BinaryReader reader)
    {
        int[] bits = [reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt()];
        try
        {
            return new decimal(bits);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException("A sum is not a number.", exception);
        }
    }
}
