namespace VoiceFunctions.Providers.Yandex;

/// <summary>What both directions share: the provider's name, its HTTP client, one exchange.</summary>
internal static class YandexProvider
{
    public const string Name = "yandex";
    public const string HttpClient = "Yandex";

    public static ProviderException Refuse(string why, ProviderFailureKind kind = ProviderFailureKind.InvalidRequest) => new(Name, kind, why);

    /// <summary>The endpoint may have a path of its own, as gateways do; the colon in Yandex's methods keeps them from being relative addresses.</summary>
    public static Uri Address(Uri? endpoint, string path) => new($"{endpoint!.AbsoluteUri.TrimEnd('/')}/{path}");

    /// <exception cref="ProviderException">The exchange failed.</exception>
    public static async Task<byte[]> PostAsync(
        HttpClient client, YandexOptions options, Uri address, HttpContent content, bool wantsAudio, long maxBytes, TimeProvider time,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Authorization = options.Authorization;
        using var response = await ProviderHttp.SendAsync(client, Name, request, time, cancellationToken);
        if (wantsAudio && response.Content.Headers.ContentType?.MediaType is ("application/json" or "text/plain" or "text/html"))
        {
            // Bare samples have no signature: an error under a status of 200 would be played as noise.
            throw Refuse("The answer is text and not audio.", ProviderFailureKind.BadResult);
        }

        return await ProviderHttp.ReadAsync(response.Content, Name, maxBytes, cancellationToken);
    }
}
