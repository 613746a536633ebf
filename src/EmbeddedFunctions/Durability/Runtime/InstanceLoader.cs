using EmbeddedFunctions.Durability.History;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>Reads an instance by one query of its partition.</summary>
internal static class InstanceLoader
{
    /// <returns>Null when there is no such instance.</returns>
    /// <exception cref="InstanceGoneException">It changed while it was read.</exception>
    public static async Task<StoredInstance?> LoadAsync(HubServices services, string instanceId, CancellationToken cancellationToken)
    {
        var rows = await services.Store.QueryAsync(HubKeys.Instance(instanceId), "a", HubKeys.EndOfInstance, limit: null, cancellationToken);
        if (rows.FirstOrDefault(row => row.Key == HubKeys.Head) is not { } headRow)
        {
            return null;
        }

        var head = DurableJson.Read<InstanceHead>(headRow.Data);
        var history = new List<HistoryEvent>();
        IReadOnlyList<HistoryEvent> last = [];
        var byKey = rows.ToDictionary(row => row.Key, StringComparer.Ordinal);
        for (var episode = 0; episode < head.Episodes; episode++)
        {
            var row = byKey.GetValueOrDefault(HubKeys.History(head.Execution, episode)) ?? throw new InstanceGoneException($"History of {instanceId}");
            last = await ReadHistoryAsync(services, row, cancellationToken);
            history.AddRange(last);
        }

        var carried = head.Episodes == 0 ? byKey.GetValueOrDefault(HubKeys.CarryOver(head.Execution)) : null;
        var startOfHistory = HubKeys.HistoryOf(head.Execution);
        var startOfCarryOver = HubKeys.CarryOver(head.Execution);
        return new StoredInstance(
            head,
            headRow.ETag,
            history,
            last,
            carried is null ? null : await ReadCarryOverAsync(services, carried, cancellationToken),
            [.. rows.Where(row => row.Key.StartsWith(HubKeys.MessagesFrom, StringComparison.Ordinal))],
            [.. rows.Where(row =>
                (row.Key.StartsWith(HubKeys.HistoryStart, StringComparison.Ordinal) && string.CompareOrdinal(row.Key, startOfHistory) < 0)
                || (row.Key.StartsWith(HubKeys.CarryOverStart, StringComparison.Ordinal) && string.CompareOrdinal(row.Key, startOfCarryOver) < 0))]);
    }

    public static async Task<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(HubServices services, HubRow row, CancellationToken cancellationToken)
    {
        var content = DurableJson.Read<HistoryRow>(row.Data);
        if (content.Blob is not { } blob)
        {
            return content.Events ?? [];
        }

        var stored = await services.Store.GetBlobAsync(blob, cancellationToken) ?? throw new InstanceGoneException(blob);
        return DurableJson.Read<HistoryRow>(stored.ToMemory().Span).Events ?? [];
    }

    /// <summary>The blob that a row of history is in, if it is in one.</summary>
    public static string? BlobOf(HubRow row) => DurableJson.Read<HistoryRow>(row.Data).Blob;

    private static async Task<CarryOver> ReadCarryOverAsync(HubServices services, HubRow row, CancellationToken cancellationToken)
    {
        var content = DurableJson.Read<CarryOver>(row.Data);
        if (content.Blob is not { } blob)
        {
            return content;
        }

        var stored = await services.Store.GetBlobAsync(blob, cancellationToken) ?? throw new InstanceGoneException(blob);
        return DurableJson.Read<CarryOver>(stored.ToMemory().Span);
    }
}
