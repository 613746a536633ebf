namespace VoiceFunctions.Load.Reporting;

/// <summary>One number that was measured.</summary>
internal sealed record Figure(string Name, double Value, string Unit, string Meaning);
