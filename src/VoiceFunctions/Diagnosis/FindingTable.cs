namespace VoiceFunctions.Diagnosis;

/// <summary>Findings as a table for a terminal, advice under what it is for. Plain text, so that a pipe gets the same.</summary>
internal static class FindingTable
{
    public static string Line(Finding finding)
    {
        var line = $"{Mark(finding.State),-8} {finding.Area,-14} {finding.Text}";
        return finding.Advice is null ? line : $"{line}{Environment.NewLine}{string.Empty,-24}→ {finding.Advice}";
    }

    public static string Sum(IReadOnlyCollection<Finding> findings)
    {
        var problems = findings.Count(finding => finding.State == FindingState.Problem);
        return problems switch
        {
            0 => "No problem found.",
            1 => "1 problem found.",
            _ => $"{problems} problems found.",
        };
    }

    private static string Mark(FindingState state) => state switch
    {
        FindingState.Ok => "ok",
        FindingState.Note => "note",
        _ => "PROBLEM",
    };
}
