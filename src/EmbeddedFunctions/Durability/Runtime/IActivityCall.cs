using System.Diagnostics;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>One run of an activity.</summary>
internal interface IActivityCall
{
    /// <param name="instanceId">The instance that called it.</param>
    /// <param name="input">The serialised input; null for none.</param>
    /// <param name="trace">What it is a part of.</param>
    /// <param name="cancellationToken">Cancelled when the process stops or <c>functionTimeout</c> has passed.</param>
    Task<object?> InvokeAsync(string instanceId, string? input, ActivityContext trace, CancellationToken cancellationToken);
}
