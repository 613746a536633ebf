namespace VoiceFunctions.Usage;

/// <summary>The JSON answer of <c>GET /api/usage</c>.</summary>
internal sealed record UsageDocument(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<string> GroupBy, IReadOnlyList<UsageFigures> Rows, UsageFigures Totals);
