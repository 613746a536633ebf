namespace VoiceFunctions.Load.Reporting;

/// <summary>A number over time, in seconds.</summary>
internal sealed record Curve(string Title, string Unit, IReadOnlyList<double> Seconds, IReadOnlyList<double> Values);
