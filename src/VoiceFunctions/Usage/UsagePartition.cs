using System.Globalization;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Usage;

/// <summary>The partition of a tenant's day.</summary>
internal readonly record struct UsagePartition(string Tenant, DateOnly Day)
{
    public override string ToString() => $"{KeySegment.Of(Tenant)}_{Day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}";
}
