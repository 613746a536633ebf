using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Jobs;
using VoiceFunctions.Jobs.Requests;
using VoiceFunctions.Providers;
using VoiceFunctions.Security;
using VoiceFunctions.Storage;
using VoiceFunctions.Testing;
using VoiceFunctions.Tests.Stubs;
using VoiceFunctions.Usage;

namespace VoiceFunctions.Tests.Jobs;

/// <summary>The jobs of one instance of the app as it registers them, on a real account and a task hub that runs nothing.</summary>
internal sealed class JobBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public JobBench(StorageEmulator emulator, params (string Key, string? Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("AzureWebJobsStorage", (string?)emulator.ConnectionString), .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))])
            .Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(Time)
            .AddLogging()
            .AddSecurity()
            .AddStorage()
            .AddUsageMetering()
            .AddAudio()
            .AddSingleton(TestCatalog.Of(
                TestCatalog.Speaker("a") with { RecognitionModels = [TestCatalog.Ear("ear") with { Languages = ["en"], Timings = TimingKinds.Segment }] },
                // Which the app's own voice profiles name.
                new SpeechProvider("openai"),
                new SpeechProvider("azure"),
                new SpeechProvider("offline")))
            .AddFallback()
            .AddJobs()
            .BuildServiceProvider();
        Get<AudioCapabilities>().Report(canDecodeCompressed: true, Enum.GetValues<AudioFormat>());
        Containers = new BlobServiceClient(emulator.ConnectionString);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public string Tenant { get; } = $"tenant {Guid.NewGuid():N}";

    public StubDurableTaskClient Client { get; } = new();

    /// <summary>The account as somebody else sees it.</summary>
    public BlobServiceClient Containers { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Job Job(string? id = null, JobKind kind = JobKind.Tts, string? tenant = null) => new()
    {
        Id = id ?? JobKeys.NewId(),
        Tenant = tenant ?? Tenant,
        Kind = kind,
        CreatedAt = Time.GetUtcNow(),
        UpdatedAt = Time.GetUtcNow(),
        Deadline = Time.GetUtcNow().AddDays(1),
        Source = new BlobReference(JobBlobs.JobContainer, "source", "\"etag\"", 1),
        ResultsPath = JobKeys.Folder(tenant ?? Tenant, id ?? "none"),
    };

    public Task<JsonNode> SpeakAsync(object body, string? idempotencyKey = null, string? tenant = null) => SpeakAsync(System.Text.Json.JsonSerializer.Serialize(body), idempotencyKey, tenant);

    public async Task<JsonNode> SpeakAsync(string body, string? idempotencyKey = null, string? tenant = null)
    {
        var request = With(TestRequest.Post(body), idempotencyKey, tenant);
        return await ExecuteAsync(request, await Get<SynthesisJobFlow>().RunAsync(request, Client, Cancelled));
    }

    public async Task<JsonNode> TranscribeAsync(byte[] body, string? type = "audio/wav", string query = "", string? idempotencyKey = null, string? tenant = null)
    {
        var request = With(TestRequest.Post(body, type, query), idempotencyKey, tenant);
        return await ExecuteAsync(request, await Get<TranscriptionJobFlow>().RunAsync(request, Client, Cancelled));
    }

    public Task<JsonNode> TranscribeAsync(object body, string? idempotencyKey = null, string? tenant = null) =>
        TranscribeAsync(Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(body)), "application/json", idempotencyKey: idempotencyKey, tenant: tenant);

    public async Task<JsonNode> UploadAsync(string name, string? tenant = null)
    {
        var request = With(TestRequest.Post(System.Text.Json.JsonSerializer.Serialize(new { name })), idempotencyKey: null, tenant);
        return await ExecuteAsync(request, await Get<UploadFlow>().RunAsync(request, Cancelled));
    }

    /// <summary>Puts something where an upload goes. With the account's own rights: addresses are good for an hour of its clock, which is not the bench's.</summary>
    public async Task<string> PutAsync(string name, byte[] content, string? tenant = null)
    {
        var blob = (string)(await UploadAsync(name, tenant))["blob"]!;
        await Containers.GetBlobContainerClient(JobBlobs.InboxContainer).UploadBlobAsync(blob[$"{JobBlobs.InboxContainer}/".Length..], BinaryData.FromBytes(content), Cancelled);
        return blob;
    }

    public async Task<JsonNode> ListAsync(string query = "", string? tenant = null)
    {
        var request = With(TestRequest.Post([], query: query), idempotencyKey: null, tenant);
        return await ExecuteAsync(request, await Get<JobFlow>().ListAsync(request, Cancelled));
    }

    public async Task<JsonNode> GetAsync(string id, string? tenant = null)
    {
        var request = With(TestRequest.Post([]), idempotencyKey: null, tenant);
        return await ExecuteAsync(request, await Get<JobFlow>().GetAsync(request, id, Cancelled));
    }

    public async Task<JsonNode> CancelAsync(string id, string? tenant = null)
    {
        var request = With(TestRequest.Post([]), idempotencyKey: null, tenant);
        return await ExecuteAsync(request, await Get<JobFlow>().CancelAsync(request, id, Client, Cancelled));
    }

    /// <summary>The response to a request for a result.</summary>
    public async Task<HttpResponse> FetchAsync(string id, string name, string method = "GET", params (string Name, string Value)[] headers)
    {
        var request = With(TestRequest.With([.. headers.Select(header => (header.Name, (string?)header.Value))]), idempotencyKey: null, tenant: null);
        request.Method = method;
        var result = await Get<JobFlow>().GetResultAsync(request, id, name, Cancelled);
        request.HttpContext.RequestServices = _services;
        await result.ExecuteAsync(request.HttpContext);
        return request.HttpContext.Response;
    }

    public async Task<Job?> FindAsync(string id) => await Get<JobStore>().GetAsync(Tenant, id, Cancelled);

    /// <summary>Names of what lies in a container under a job's or a tenant's folder.</summary>
    public async Task<IReadOnlyList<string>> BlobsAsync(string container, string? id = null)
    {
        List<string> names = [];
        if (await Containers.GetBlobContainerClient(container).ExistsAsync(Cancelled))
        {
            var prefix = id is null ? JobKeys.FolderOf(Tenant) : JobKeys.Folder(Tenant, id);
            await foreach (var blob in Containers.GetBlobContainerClient(container).GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{prefix}/", Cancelled))
            {
                names.Add(blob.Name);
            }
        }

        return names;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private HttpRequest With(HttpRequest request, string? idempotencyKey, string? tenant)
    {
        if (idempotencyKey is not null)
        {
            request.Headers[IdempotencyKey.Header] = idempotencyKey;
        }

        return request.From(tenant ?? Tenant);
    }

    private async Task<JsonNode> ExecuteAsync(HttpRequest request, IResult result)
    {
        request.HttpContext.RequestServices = _services;
        await result.ExecuteAsync(request.HttpContext);
        return JsonNode.Parse(request.HttpContext.Response.ReadBody())!;
    }
}
