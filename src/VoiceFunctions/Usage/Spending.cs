namespace VoiceFunctions.Usage;

/// <summary>What calls have cost: US dollars of those whose price is known, and how many are not.</summary>
internal readonly record struct Spending(decimal CostUsd, long Unpriced)
{
    private const byte Version = 1;

    public static Spending operator +(Spending one, Spending other) => new(one.CostUsd + other.CostUsd, one.Unpriced + other.Unpriced);

    /// <summary>What one call has cost.</summary>
    public static Spending Of(UsageRecord call) => new(call.CostUsd ?? 0, call.CostUsd is null ? 1 : 0);

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Version);
        writer.Write(CostUsd);
        writer.Write(Unpriced);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are of another format, or damaged.</exception>
    public static Spending Read(ReadOnlySpan<byte> content)
    {
        using var reader = new BinaryReader(new MemoryStream(content.ToArray()));
        try
        {
            return reader.ReadByte() == Version
                ? new Spending(reader.ReadDecimal(), reader.ReadInt64())
                : throw new InvalidDataException("A month's costs are of a version that is not known here.");
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("A month's costs are damaged.", exception);
        }
    }
}
