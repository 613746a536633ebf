namespace VoiceFunctions.Usage;

/// <summary>A row of the table <c>Usage</c>: totals since the row was begun, to replace what is stored under its keys. <see cref="Version"/> grows with them and is not stored.</summary>
internal sealed record UsageRow(string Partition, string RowKey, ReadOnlyMemory<byte> Content, long Version = 0);
