namespace VoiceFunctions.Providers;

/// <summary>What <paramref name="Per"/> units cost in US dollars. A provider whose price is not known has no <see cref="ProviderPrice"/>; one that is free has one of 0.</summary>
public sealed record ProviderPrice(decimal Usd, decimal Per, BillingUnit Unit)
{
    public static ProviderPrice Free(BillingUnit unit) => new(0, 1, unit);

    /// <summary>Decimals of a dollar that a price is rounded to: sums of such prices are exact, in whatever order they are added up.</summary>
    public const int Decimals = 12;

    public decimal Of(decimal units) => decimal.Round(units * Usd / Per, Decimals);
}
