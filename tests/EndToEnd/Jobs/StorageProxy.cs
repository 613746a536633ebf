using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Jobs;

/// <summary>Stands between an app and its storage account, so that a test can keep a request at the moment that it is about.</summary>
internal sealed partial class StorageProxy : IAsyncDisposable
{
    private static readonly string[] HopByHop = ["Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade"];

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromMinutes(5) };
    private readonly ConcurrentDictionary<HeldRequest, bool> _held = [];
    private readonly List<WebApplication> _services = [];

    private StorageProxy(StorageEmulator storage) => ConnectionString = Address().Replace(storage.ConnectionString, match => Serve(new Uri(match.Value)));

    public string ConnectionString { get; }

    public static StorageProxy Start(StorageEmulator storage) => new(storage);

    /// <summary>Keeps the next request that the test means, before storage has it or before the app has the answer.</summary>
    /// <param name="means">Told the method and the path.</param>
    /// <param name="afterwards">Whether storage is to have it.</param>
    public HeldRequest Hold(Func<string, string, bool> means, bool afterwards = false) => Hold((method, path, _) => means(method, path), afterwards);

    /// <summary>Keeps the next transaction with a table whose text the test means.</summary>
    /// <param name="means">Told the text.</param>
    /// <param name="afterwards">Whether storage is to have it.</param>
    public HeldRequest HoldTransaction(Func<string, bool> means, bool afterwards = false) =>
        Hold((_, _, transaction) => transaction.Length > 0 && means(transaction), afterwards);

    public async ValueTask DisposeAsync()
    {
        foreach (var held in _held.Keys)
        {
            held.Release();
        }

        foreach (var service in _services)
        {
            await service.DisposeAsync();
        }

        _client.Dispose();
    }

    private HeldRequest Hold(Func<string, string, string, bool> means, bool afterwards)
    {
        var held = new HeldRequest(means, afterwards);
        _held[held] = true;
        return held;
    }

    private string Serve(Uri target)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var service = builder.Build();
        service.Run(context => ForwardAsync(context, target));
        service.StartAsync().GetAwaiter().GetResult();
        _services.Add(service);
        return service.Urls.Single();
    }

    private async Task ForwardAsync(HttpContext context, Uri target)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        try
        {
            var transaction = path.EndsWith("/$batch", StringComparison.Ordinal) ? await ReadAsync(context.Request) : "";
            var held = _held.Keys.FirstOrDefault(candidate => candidate.TryTake(context.Request.Method, Uri.UnescapeDataString(path), transaction));
            if (held is { Afterwards: false })
            {
                await held.KeepAsync(context.RequestAborted);
            }

            using var request = Request(context.Request, new Uri($"{target.Scheme}://{target.Authority}{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            if (held is { Afterwards: true })
            {
                await held.KeepAsync(context.RequestAborted);
            }

            await AnswerAsync(context, response);
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            context.Abort();
        }
    }

    /// <summary>The body, which is still there to be sent on.</summary>
    private static async Task<string> ReadAsync(HttpRequest request)
    {
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return body;
    }

    private static HttpRequestMessage Request(HttpRequest from, Uri to)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), to);
        if (from.ContentLength is not null || from.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(from.Body);
        }

        foreach (var (name, values) in from.Headers.Where(header => !HopByHop.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return request;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage response)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => !HopByHop.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:\\d+")]
    private static partial Regex Address();
}
