namespace VoiceFunctions.Jobs.Orchestration;

/// <summary>Which job.</summary>
public sealed record JobReference(string Tenant, string Id);
