using System.Text.Json;
using EmbeddedFunctions.Durability.Storage;

namespace EmbeddedFunctions.Durability.History;

/// <summary>Stores large payloads and loads them again.</summary>
internal sealed class Payloads(IHubStore store)
{
    /// <summary>What takes more bytes than this in a row, which escapes some of its characters, is put into a blob.</summary>
    public const int LargestInline = 48 * 1024;

    private const int LongestEscape = 6;

    private const int LoadedAtOnce = 8;

    public static bool IsLarge(Payload? payload) =>
        payload is { Blob: null, Text: { } text } && text.Length > LargestInline / LongestEscape
        && JsonEncodedText.Encode(text, DurableJson.Encoder).EncodedUtf8Bytes.Length > LargestInline;

    /// <summary>Puts the value into a blob if it is large. The blob is there before anything refers to it.</summary>
    public async Task<Payload?> StoreAsync(Payload? payload, string instanceId, string generation, CancellationToken cancellationToken)
    {
        if (!IsLarge(payload))
        {
            return payload;
        }

        var name = HubKeys.Blob(instanceId, generation);
        await store.PutBlobAsync(name, BinaryData.FromString(payload!.Text!), cancellationToken);
        return new Payload { Blob = name, Value = payload.Text };
    }

    /// <summary>A payload for another instance: its blob, if it has one, is never shared.</summary>
    public async Task<Payload?> CopyAsync(Payload? payload, string instanceId, string generation, CancellationToken cancellationToken) =>
        await StoreAsync(Payload.Of(await ReadAsync(payload, cancellationToken)), instanceId, generation, cancellationToken);

    /// <exception cref="InstanceGoneException">The blob is gone, because the instance is.</exception>
    public async Task<string?> ReadAsync(Payload? payload, CancellationToken cancellationToken)
    {
        if (payload is { IsLoaded: false, Blob: { } blob })
        {
            payload.Value = (await store.GetBlobAsync(blob, cancellationToken))?.ToString() ?? throw new InstanceGoneException(blob);
        }

        return payload?.Value;
    }

    public Task LoadAsync(IEnumerable<HistoryEvent> events, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            events.Select(item => item.Replayed()).Where(payload => payload is { IsLoaded: false }),
            new ParallelOptions { MaxDegreeOfParallelism = LoadedAtOnce, CancellationToken = cancellationToken },
            async (payload, token) => await ReadAsync(payload, token));
}
