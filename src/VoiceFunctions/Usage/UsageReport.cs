using System.Runtime.InteropServices;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Usage;

/// <summary>Divides usage into the groups that a query asks for.</summary>
internal sealed class UsageReport(UsageQuery query)
{
    /// <summary>Groups of one report; a caller who needs more asks for a shorter time.</summary>
    public const int MaxGroups = 10_000;

    private readonly Dictionary<string?[], UsageTotals> _groups = new(GroupComparer.Instance);

    public UsageQuery Query { get; } = query;

    public UsageTotals Totals { get; } = new();

    /// <summary>In the order of their values.</summary>
    public IReadOnlyList<(IReadOnlyList<string?> Values, UsageTotals Totals)> Groups =>
        [.. _groups.OrderBy(group => group.Key, GroupComparer.Instance).Select(group => ((IReadOnlyList<string?>)group.Key, group.Value))];

    /// <exception cref="ProblemException">There are too many groups.</exception>
    public void Add(DateTimeOffset minute, UsageSeries series, UsageSums sums)
    {
        Totals.Add(series, sums);
        var values = new string?[Query.GroupBy.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Query.GroupBy[index].Value(minute, series);
        }

        ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(_groups, values, out _);
        (group ??= new UsageTotals()).Add(series, sums);
        if (_groups.Count > MaxGroups)
        {
            throw ProblemException.InvalidField("groupBy", $"gives more than {MaxGroups} rows for this range. Ask for a shorter one, or for fewer groups.");
        }
    }

    private sealed class GroupComparer : IEqualityComparer<string?[]>, IComparer<string?[]>
    {
        public static readonly GroupComparer Instance = new();

        public bool Equals(string?[]? x, string?[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(string?[] obj)
        {
            var hash = new HashCode();
            foreach (var value in obj)
            {
                hash.Add(value);
            }

            return hash.ToHashCode();
        }

        public int Compare(string?[]? x, string?[]? y) =>
            x!.Zip(y!, string.CompareOrdinal).FirstOrDefault(order => order != 0);
    }
}
