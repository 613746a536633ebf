using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// Binding data of an HTTP trigger as the official host sends it (HttpTriggerAttributeBindingProvider of azure-webjobs-sdk-extensions): query values
/// without <c>code</c>, route values over them, and both collections as JSON. All are strings. Made when asked for, which is seldom.
/// </summary>
internal sealed class HttpBindingContext(HttpRequest request) : BindingContext
{
    public override IReadOnlyDictionary<string, object?> BindingData => field ??= Create(request);

    private static Dictionary<string, object?> Create(HttpRequest request)
    {
        var query = request.Query
            .Where(pair => !pair.Key.Equals("code", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in query)
        {
            data[name] = value;
        }

        foreach (var (name, value) in request.RouteValues)
        {
            data[name] = value?.ToString();
        }

        data.TryAdd("Query", JsonSerializer.Serialize(query));
        data.TryAdd("Headers", JsonSerializer.Serialize(request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString())));
        return data;
    }
}
