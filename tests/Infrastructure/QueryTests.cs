using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VoiceFunctions.Telemetry;

namespace VoiceFunctions.Infrastructure;

/// <summary>Alerts and workbook ask for what the app emits under the names that it emits.</summary>
public sealed partial class QueryTests
{
    /// <summary>Every string that stands in the code.</summary>
    private static readonly Lazy<HashSet<string>> InCode = new(ReadStrings);

    [Fact]
    public async Task Alerts_AreFive_AndAskForWhatTheAppEmits()
    {
        var alerts = (await Template.LoadFullAsync()).Of("Microsoft.Insights/scheduledQueryRules").Select(alert => alert["properties"]!.AsObject()).ToList();

        Assert.Equal(5, alerts.Count);
        Assert.All(alerts, alert => Assert.Single(alert["actions"]!["actionGroups"]!.AsArray()));
        AssertEmitted(alerts.Select(alert => (string)alert["criteria"]!["allOf"]![0]!["query"]!));
    }

    [Fact]
    public async Task Workbook_AsksForWhatTheAppEmits()
    {
        var workbook = (await Template.LoadFullAsync()).One("Microsoft.Insights/workbooks")["properties"]!;
        var items = JsonNode.Parse((string)workbook["serializedData"]!)!["items"]!.AsArray();

        AssertEmitted(items.Select(item => (string?)item!["content"]!["query"]).OfType<string>());
    }

    [Fact]
    public void Names_OfSomethingElse_AreNoticed() => Assert.DoesNotContain("voice.call.request", InCode.Value);

    private static void AssertEmitted(IEnumerable<string> queries)
    {
        var names = queries.SelectMany(query => Quoted().Matches(query)).Select(match => match.Groups["text"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Contains(names, name => name.StartsWith("voice.", StringComparison.Ordinal));
        Assert.Empty(names.Except(InCode.Value));
    }

    private static HashSet<string> ReadStrings()
    {
        using var file = new PEReader(File.OpenRead(typeof(VoiceMeter).Assembly.Location));
        var metadata = file.GetMetadataReader();
        HashSet<string> strings = new(StringComparer.Ordinal);
        for (var handle = MetadataTokens.UserStringHandle(0); !handle.IsNil || strings.Count == 0; handle = metadata.GetNextHandle(handle))
        {
            strings.Add(metadata.GetUserString(handle));
        }

        return strings;
    }

    [GeneratedRegex("\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();
}
