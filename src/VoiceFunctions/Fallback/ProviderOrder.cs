using Microsoft.Extensions.Options;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Whom a call may go to, in order: the one provider that it is pinned to, or its own order, or the configured one.</summary>
internal sealed class ProviderOrder(ProviderCatalog catalog, IOptions<FallbackOptions> options)
{
    private readonly Lazy<IReadOnlyList<SpeechProvider>> _configured =
        new(() => Usable(options.Value.Order.Select(catalog.Find).OfType<SpeechProvider>().Concat(catalog.All)));

    /// <exception cref="ProblemException">The call names a provider that is not known, or pins one that is not configured.</exception>
    public IReadOnlyList<SpeechProvider> For(SpeechCall call)
    {
        if (call.Provider is { } pinned)
        {
            var provider = Known("provider", pinned);
            return provider.Unconfigured is { } why
                ? throw ProblemException.InvalidField("provider", $"'{provider.Name}' is not configured here. {why}")
                : [provider];
        }

        return call.Providers.Count > 0 ? Usable(call.Providers.Select(name => Known("providers", name))) : _configured.Value;
    }

    private static IReadOnlyList<SpeechProvider> Usable(IEnumerable<SpeechProvider> order) => [.. order.Distinct().Where(provider => provider.Unconfigured is null)];

    private SpeechProvider Known(string field, string name) =>
        catalog.Find(name)
        ?? throw ProblemException.InvalidField(field, $"'{name}' is not a provider. Known: {string.Join(", ", catalog.All.Select(provider => provider.Name))}.");
}
