using Azure;
using Azure.Storage.Blobs;

namespace EmbeddedFunctions.Hosting.Blobs;

/// <summary>What is known of one version of one blob for one function.</summary>
/// <param name="Blob">Where it is kept.</param>
/// <param name="Version">Its own ETag: it is written only over what was read.</param>
/// <param name="IsCompleted">The version needs no more tries: it was processed, or given up.</param>
/// <param name="Tries">How many have begun.</param>
internal sealed record BlobReceipt(BlobClient Blob, ETag Version, bool IsCompleted, int Tries);
