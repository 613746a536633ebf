using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Azure;

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>
/// Tells new blobs from known ones in listings of a container: a blob that was last modified before the window is known, and of those inside it the
/// window remembers which it has seen. It is kept open so far back that no blob slips through which was written while a listing went on.
/// </summary>
/// <param name="start">Blobs from then on are new.</param>
internal sealed class ScanWindow(DateTimeOffset start)
{
    /// <summary>For clocks of the storage service that differ: a listing is as of its answer's date, less this.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly Dictionary<UInt128, DateTimeOffset> _seen = [];
    private DateTimeOffset _latest = start;

    public DateTimeOffset Start { get; private set; } = start;

    public int Count => _seen.Count;

    /// <returns>True the first time that a version of a blob is shown.</returns>
    public bool IsNew(string name, ETag etag, DateTimeOffset lastModified)
    {
        _latest = lastModified > _latest ? lastModified : _latest;
        return lastModified >= Start && _seen.TryAdd(Key(name, etag), lastModified);
    }

    /// <summary>Ends a listing of the whole container.</summary>
    /// <param name="listedFrom">The date of the first answer, by the service's clock.</param>
    public void Advance(DateTimeOffset listedFrom)
    {
        var from = listedFrom - Margin < _latest ? listedFrom - Margin : _latest;
        if (from <= Start)
        {
            return;
        }

        Start = from;
        foreach (var (key, _) in _seen.Where(pair => pair.Value < from).ToList())
        {
            _seen.Remove(key);
        }
    }

    private static UInt128 Key(string name, ETag etag) =>
        BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{etag}/{name}")));
}
