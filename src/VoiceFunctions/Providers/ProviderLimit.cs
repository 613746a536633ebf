namespace VoiceFunctions.Providers;

/// <summary>The most that one call takes, in the provider's own unit.</summary>
public sealed record ProviderLimit(long Amount, BillingUnit Unit);
