using System.IO.Compression;
using System.Text.Json;
using Azure.Data.Tables;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs;

/// <summary>A job as properties of a row and back.</summary>
internal static class JobRow
{
    public const string Kind = "Kind";
    public const string Status = "Status";
    public const string Content = "Content";

    /// <summary>Some 20 KB, so that the rest of a record has room in its property. A transcript has all of them.</summary>
    public const int MaxInaudible = 500;

    /// <summary>A binary property holds at most 64 KiB (Microsoft, "Understanding the Table service data model").</summary>
    private const int MaxProperty = 64 * 1024;

    /// <summary>So that a row stays below 1 MiB whatever happens; compressed, an attempt takes some ten bytes. Beyond it the oldest are left out.</summary>
    private const int MaxAttempts = 10_000;

    private static readonly string[] Parts = [.. Enumerable.Range(0, 12).Select(part => $"Attempts{part}")];

    public static TableEntity Record(Job job)
    {
        var row = new TableEntity(JobKeys.Partition(job.Tenant), JobKeys.Record(job.Id)) { [Content] = Bytes(job) };
        var attempts = job.Attempts.Count > MaxAttempts ? [.. job.Attempts.Skip(job.Attempts.Count - MaxAttempts)] : job.Attempts;
        var packed = Pack(attempts);
        for (var part = 0; part * MaxProperty < packed.Length; part++)
        {
            row[Parts[part]] = packed[(part * MaxProperty)..Math.Min(packed.Length, (part + 1) * MaxProperty)];
        }

        return row;
    }

    /// <summary>The job's place in the list: what can be asked for in columns, and the job itself without its attempts.</summary>
    public static TableEntity Place(Job job) => new(JobKeys.Partition(job.Tenant), JobKeys.Place(job.CreatedAt, job.Id))
    {
        [Kind] = job.Kind.ToString(),
        [Status] = job.Status.ToString(),
        [Content] = Bytes(job),
    };

    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    public static Job Read(TableEntity row)
    {
        var job = JsonSerializer.Deserialize(row.GetBinary(Content), JobJson.Default.Job) ?? throw new InvalidDataException("A job's row is empty.");
        using var packed = new MemoryStream();
        foreach (var part in Parts)
        {
            packed.Write(row.GetBinary(part));
        }

        return packed.Length == 0 ? job : job with { Attempts = Unpack(packed) };
    }

    private static byte[] Bytes(Job job) => JsonSerializer.SerializeToUtf8Bytes(job, JobJson.Default.Job);

    private static byte[] Pack(IReadOnlyList<SpeechAttempt> attempts)
    {
        if (attempts.Count == 0)
        {
            return [];
        }

        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, attempts, JobJson.Default.IReadOnlyListSpeechAttempt);
        }

        return packed.ToArray();
    }

    private static IReadOnlyList<SpeechAttempt> Unpack(MemoryStream packed)
    {
        packed.Position = 0;
        using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
        return JsonSerializer.Deserialize(brotli, JobJson.Default.IReadOnlyListSpeechAttempt) ?? [];
    }
}
