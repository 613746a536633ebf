using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using VoiceFunctions.Testing.Loopback;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Usage;

/// <summary>Usage without a storage that could be reached.</summary>
internal static class NoStorage
{
    private static readonly ClosedPort Port = new();

    public static MonthlySpending Spending(TimeProvider time)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        var tables = new TableServiceClient($"DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;TableEndpoint={Port.Endpoint}a;", options);
        return new MonthlySpending(new UsageTable(tables), Options.Create(new UsageOptions()), time);
    }
}
