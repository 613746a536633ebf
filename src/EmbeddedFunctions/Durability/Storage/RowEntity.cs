using Azure;
using Azure.Data.Tables;

namespace EmbeddedFunctions.Durability.Storage;

/// <summary>The content of a row as binary properties, of which each one holds 64 KiB at most.</summary>
internal static class RowEntity
{
    /// <summary>The largest content of a row. A row holds 1 MiB; a transaction, with a few rows like this, 4 MiB.</summary>
    public const int LargestContent = 8 * ChunkSize;

    private const int ChunkSize = 63 * 1024;

    public static HubRow Read(TableEntity entity)
    {
        var chunks = new List<byte[]>();
        while (entity.GetBinary(ChunkName(chunks.Count)) is { } chunk)
        {
            chunks.Add(chunk);
        }

        return new HubRow(entity.PartitionKey, entity.RowKey, chunks.Count == 1 ? chunks[0] : [.. chunks.SelectMany(chunk => chunk)], entity.ETag.ToString());
    }

    public static TableEntity Write(string partition, RowWrite write)
    {
        if (write.Data.Length > LargestContent)
        {
            throw new InvalidOperationException($"A row of {write.Data.Length} bytes is too large.");
        }

        var entity = new TableEntity(partition, write.Key);
        for (var index = 0; index * ChunkSize < write.Data.Length; index++)
        {
            entity[ChunkName(index)] = write.Data[(index * ChunkSize)..Math.Min((index + 1) * ChunkSize, write.Data.Length)];
        }

        return entity;
    }

    public static TableTransactionAction Action(string partition, RowWrite write)
    {
        var etag = write.ETag is null ? ETag.All : new ETag(write.ETag);
        return write.Kind switch
        {
            RowWriteKind.Insert => new TableTransactionAction(TableTransactionActionType.Add, Write(partition, write)),
            RowWriteKind.Replace => new TableTransactionAction(TableTransactionActionType.UpdateReplace, Write(partition, write), etag),
            _ => new TableTransactionAction(TableTransactionActionType.Delete, Write(partition, write), etag),
        };
    }

    private static string ChunkName(int index) => $"Data{index}";
}
