using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>What one target of a plan would bill. <see cref="Units"/> and <see cref="CostUsd"/> are <see langword="null"/> where the price is not known.</summary>
internal sealed record TargetEstimate(string Provider, string Model, string? Voice, BilledUnits? Units, decimal? CostUsd)
{
    public static TargetEstimate Of(SynthesisTarget target, string text) =>
        Priced(target.Provider.Name, target.Model.Id, target.Voice.Id, target.Model.Price, unit => TextLength.Of(text, unit));

    public static TargetEstimate Of(RecognitionTarget target, TimeSpan duration) =>
        Priced(target.Provider.Name, target.Model.Id, voice: null, target.Model.Price, _ => Math.Round((decimal)duration.TotalSeconds, 3));

    private static TargetEstimate Priced(string provider, string model, string? voice, ProviderPrice? price, Func<BillingUnit, decimal> amount) =>
        price is null
            ? new TargetEstimate(provider, model, voice, Units: null, CostUsd: null)
            : new TargetEstimate(provider, model, voice, new BilledUnits(amount(price.Unit), price.Unit), price.Of(amount(price.Unit)));
}
