using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace VoiceCommand.Api;

/// <summary>The app's HTTP interface. What it refuses ends the command with the words it gave for it.</summary>
internal sealed class VoiceApi : IDisposable
{
    /// <summary>An order that was sent but not answered is repeated; its Idempotency-Key makes it one job.</summary>
    private const int Tries = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public VoiceApi(Uri address, string? key, TimeProvider time)
    {
        _time = time;
        _http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        if (!string.IsNullOrEmpty(key)) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async Task<string> OrderAsync(SpeechRequest request, CancellationToken cancellationToken) =>
        (await OrderAsync("api/tts/jobs", () => JsonContent.Create(request, ApiJson.Default.SpeechRequest), cancellationToken)).Id;

    public async Task<string> OrderAsync(TranscriptionRequest request, Func<HttpContent> audio, CancellationToken cancellationToken) =>
        (await OrderAsync($"api/stt/jobs?{request.ToQuery()}", audio, cancellationToken)).Id;

    public async Task<string> OrderAsync(TranscriptionRequest request, CancellationToken cancellationToken) =>
        (await OrderAsync("api/stt/jobs", () => JsonContent.Create(request, ApiJson.Default.TranscriptionRequest), cancellationToken)).Id;

    public Task<UploadDocument> CreateUploadAsync(UploadRequest request, CancellationToken cancellationToken) =>
        ReadAsync(HttpMethod.Post, "api/uploads", () => JsonContent.Create(request, ApiJson.Default.UploadRequest), ApiJson.Default.UploadDocument, cancellationToken);

    /// <summary>Puts a file where the app said. The address carries its own right, so the key is not sent there.</summary>
    public static async Task UploadAsync(Uri address, HttpContent content, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = content };
        request.Headers.Add("x-ms-blob-type", "BlockBlob");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode) throw new CommandException(ExitCode.Failed, $"The upload was refused: {(int)response.StatusCode} {response.ReasonPhrase}.");
        }
        catch (HttpRequestException exception)
        {
            throw new CommandException(ExitCode.Unreachable, $"The upload to {address.Host} broke off: {exception.Message}", exception);
        }
    }

    public Task<JobDocument> GetJobAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync(HttpMethod.Get, $"api/jobs/{Uri.EscapeDataString(id)}", null, ApiJson.Default.JobDocument, cancellationToken);

    public Task<JobListDocument> ListJobsAsync(string query, CancellationToken cancellationToken) =>
        ReadAsync(HttpMethod.Get, $"api/jobs?{query}", null, ApiJson.Default.JobListDocument, cancellationToken);

    public async Task CancelJobAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, $"api/jobs/{Uri.EscapeDataString(id)}/cancel", null, null, cancellationToken);
    }

    public Task<VoiceListDocument> ListVoicesAsync(CancellationToken cancellationToken) =>
        ReadAsync(HttpMethod.Get, "api/voices", null, ApiJson.Default.VoiceListDocument, cancellationToken);

    /// <summary>Speaks a short text. The caller disposes of the answer.</summary>
    public Task<HttpResponseMessage> SpeakAsync(SpeechRequest request, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "api/tts", JsonContent.Create(request, ApiJson.Default.SpeechRequest), null, cancellationToken);

    /// <summary>A result from a position on. The caller disposes of the answer.</summary>
    public Task<HttpResponseMessage> GetResultAsync(ResultDocument result, long from, EntityTagHeaderValue? version, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Get,
            result.Url.TrimStart('/'),
            null,
            headers =>
            {
                if (from <= 0) return;
                headers.Range = new RangeHeaderValue(from, null);
                if (version is { IsWeak: false }) headers.IfRange = new RangeConditionHeaderValue(version);
            },
            cancellationToken);

    public void Dispose() => _http.Dispose();

    private Uri Address => _http.BaseAddress!;

    /// <summary>As a user writes it.</summary>
    private string Name => Address.ToString().TrimEnd('/');

    private async Task<AcceptedDocument> OrderAsync(string path, Func<HttpContent> content, CancellationToken cancellationToken)
    {
        var idempotencyKey = Guid.NewGuid().ToString("N");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var response = await SendAsync(HttpMethod.Post, path, content(), headers => headers.Add("Idempotency-Key", idempotencyKey), cancellationToken);
                return await ParseAsync(response, ApiJson.Default.AcceptedDocument, cancellationToken);
            }
            catch (CommandException exception) when (exception.ExitCode == ExitCode.Unreachable && attempt < Tries && !IsRefused(exception))
            {
                await Task.Delay(Pause, _time, cancellationToken);
            }
        }
    }

    /// <summary>Nobody listens there: no use in trying again.</summary>
    private static bool IsRefused(CommandException exception) => exception.InnerException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError };

    private async Task<T> ReadAsync<T>(HttpMethod method, string path, Func<HttpContent>? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, content?.Invoke(), null, cancellationToken);
        return await ParseAsync(response, type, cancellationToken);
    }

    private async Task<T> ParseAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw NotTheApp();
        }
        catch (JsonException exception)
        {
            throw NotTheApp(exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Unreachable(exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, Action<HttpRequestHeaders>? prepare, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        prepare?.Invoke(request.Headers);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw Unreachable(exception);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response) throw await RefusalAsync(response, cancellationToken);
    }

    private async Task<CommandException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        ProblemDocument? problem = null;
        try
        {
            problem = await response.Content.ReadFromJsonAsync(ApiJson.Default.ProblemDocument, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException or InvalidOperationException)
        {
            // No problem document: the status says what there is to say.
        }

        var detail = problem?.Detail ?? problem?.Title ?? $"{Name} answered {(int)response.StatusCode} {response.ReasonPhrase}.";
        if (response.StatusCode is HttpStatusCode.Unauthorized) detail += " Give one with --key or in VOICE_KEY.";
        return new CommandException(response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout ? ExitCode.Unreachable : ExitCode.Failed, detail);
    }

    private CommandException NotTheApp(Exception? exception = null) =>
        new(ExitCode.Failed, $"What answers at {Name} is not VoiceFunctions.", exception);

    private CommandException Unreachable(Exception exception) => new(
        ExitCode.Unreachable,
        Address.IsLoopback ? $"Nothing answers at {Name}. Start the app with ./voice run, or name another with --url." : $"{Name} cannot be reached: {exception.Message}",
        exception);
}
