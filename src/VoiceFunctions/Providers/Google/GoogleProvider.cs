using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VoiceFunctions.Providers.Google;

/// <summary>What both directions share: the provider's name, its HTTP client, one exchange of JSON.</summary>
internal static class GoogleProvider
{
    public const string Name = "google";
    public const string HttpClient = "Google";

    public static ProviderException Refuse(string why, ProviderFailureKind kind = ProviderFailureKind.InvalidRequest) => new(Name, kind, why);

    /// <summary>The endpoint may have a path of its own, as gateways do; the colon in Google's methods keeps them from being relative addresses.</summary>
    public static Uri Address(Uri? endpoint, string path) => new($"{endpoint!.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <exception cref="ProviderException">The exchange failed, or what came back is not the JSON expected.</exception>
    public static async Task<TResponse> PostAsync<TRequest, TResponse>(
        HttpClient client, Uri address, TRequest body, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType, long maxBytes,
        TimeProvider time, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body, requestType) };
        using var response = await ProviderHttp.SendAsync(client, Name, request, time, cancellationToken);
        var bytes = await ProviderHttp.ReadAsync(response.Content, Name, maxBytes, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize(bytes, responseType) ?? throw Refuse("The answer is empty.", ProviderFailureKind.BadResult);
        }
        catch (JsonException)
        {
            // The exception is not kept: its message can quote the answer.
            throw Refuse("The answer is not the JSON expected.", ProviderFailureKind.BadResult);
        }
    }
}
