using Microsoft.AspNetCore.Http;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Security;

/// <summary>Who a request is for, as <see cref="AccessMiddleware"/> has found: what it makes, stores and costs belongs to the tenant.</summary>
/// <param name="Tenant">Whose jobs, results, usage and repeats of an <c>Idempotency-Key</c> these are.</param>
/// <param name="KeyName">The name of the key; <see langword="null"/> for a caller without one.</param>
/// <param name="Rights">What the caller may do.</param>
internal sealed record Caller(string Tenant, string? KeyName, AccessRights Rights)
{
    /// <summary>Everyone who calls without a key, where that is allowed.</summary>
    public static readonly Caller Anonymous = new(SpeechCall.DefaultTenant, KeyName: null, AccessRights.All);

    /// <summary><see langword="null"/> for a caller without a key.</summary>
    public string? KeyId { get; init; }

    /// <summary><see langword="null"/> for the configured limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>US dollars that calls under the key's name may cost in a month (UTC); <see langword="null"/> for as much as they do.</summary>
    public decimal? MonthlyBudgetUsd { get; init; }

    /// <exception cref="InvalidOperationException">Nobody has asked who this is, so nothing may be done for it.</exception>
    public static Caller Of(HttpContext http) => http.Features.Get<Caller>() ?? throw new InvalidOperationException("The request has not come through the access middleware.");

    public void Announce(HttpContext http) => http.Features.Set(this);
}
