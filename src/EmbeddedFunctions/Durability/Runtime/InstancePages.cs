using System.Runtime.CompilerServices;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Durability.Runtime;

internal sealed class InstancePages(InstanceQuery query, OrchestrationQuery filter) : AsyncPageable<OrchestrationMetadata>
{
    public override IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        PagesAsync(continuationToken ?? filter.ContinuationToken, pageSizeHint ?? filter.PageSize);

    private async IAsyncEnumerable<Page<OrchestrationMetadata>> PagesAsync(
        string? continuationToken, int size, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        do
        {
            var page = await query.PageAsync(filter, continuationToken, size, cancellationToken);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (continuationToken is not null);
    }
}
