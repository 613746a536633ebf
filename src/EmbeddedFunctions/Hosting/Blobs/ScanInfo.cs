namespace EmbeddedFunctions.Hosting.Blobs;

internal sealed record ScanInfo(DateTimeOffset LatestScan);
