namespace VoiceFunctions.Providers;

/// <summary>What a call is billed for.</summary>
public sealed record BilledUnits(decimal Amount, BillingUnit Unit);
