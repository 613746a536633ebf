using System.Net;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using VoiceFunctions.Jobs.Requests;
using VoiceFunctions.Problems;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Jobs.Requests;

public sealed class UploadFlowTests(JobAccount account) : IClassFixture<JobAccount>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_Address_CreatesTheBlobOnceAndDoesNothingElse()
    {
        // The account judges the address by its own clock.
        await using var bench = new JobBench(account.Emulator);
        bench.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        var upload = await bench.UploadAsync("Meeting one.wav");
        Assert.Equal(bench.Time.GetUtcNow().AddHours(1), (DateTimeOffset)upload["expiresAt"]!);
        Assert.EndsWith("/Meeting_one.wav", (string?)upload["blob"], StringComparison.Ordinal);
        var blob = new BlobClient(new Uri((string)upload["uploadUrl"]!));

        await blob.UploadAsync(BinaryData.FromString("content"), new BlobUploadOptions(), Cancelled);

        await AssertRefusedAsync(() => blob.UploadAsync(BinaryData.FromString("other content"), new BlobUploadOptions(), Cancelled));
        await AssertRefusedAsync(() => blob.DownloadContentAsync(Cancelled));
        await AssertRefusedAsync(() => blob.DeleteAsync(cancellationToken: Cancelled));
        var neighbour = new UriBuilder(blob.Uri) { Path = blob.Uri.AbsolutePath.Replace("Meeting", "Lecture", StringComparison.Ordinal) };
        await AssertRefusedAsync(() => new BlobClient(neighbour.Uri).UploadAsync(BinaryData.FromString("content"), new BlobUploadOptions(), Cancelled));
    }

    [Fact]
    public async Task RunAsync_PlainPut_IsEnough()
    {
        await using var bench = new JobBench(account.Emulator);
        bench.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        var upload = await bench.UploadAsync("a.wav");
        using var http = new HttpClient();
        using var put = new HttpRequestMessage(HttpMethod.Put, (string)upload["uploadUrl"]!) { Content = new ByteArrayContent([1, 2, 3]) };
        put.Headers.Add("x-ms-blob-type", "BlockBlob");

        using var response = await http.SendAsync(put, Cancelled);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Theory]
    [InlineData("{}", "name")]
    [InlineData("{\"name\":\"  \"}", "name")]
    [InlineData("{\"name\":\"a\",\"mediaType\":\"audio\"}", "mediaType")]
    [InlineData("{\"name\":\"a\",\"size\":3}", "size")]
    public async Task RunAsync_BadField_NamesIt(string body, string field)
    {
        await using var bench = new JobBench(account.Emulator);

        var problem = await Assert.ThrowsAsync<ProblemException>(() => bench.Get<UploadFlow>().RunAsync(TestRequest.Post(body), Cancelled));

        Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
        Assert.Contains(field, problem.Errors!.Keys);
    }

    [Theory]
    [InlineData("audio/mpeg", true)]
    [InlineData("video/mp4", true)]
    [InlineData("text/plain; charset=utf-8", true)]
    [InlineData("application/ogg", true)]
    [InlineData("application/x-msdownload", false)]
    [InlineData("image/png", false)]
    public async Task RunAsync_MediaType_IsOneThatAJobCanBeMadeOf(string type, bool isTaken)
    {
        await using var bench = new JobBench(account.Emulator);

        var problem = await Record.ExceptionAsync(() => bench.Get<UploadFlow>().RunAsync(TestRequest.Post($"{{\"name\":\"a\",\"mediaType\":\"{type}\"}}"), Cancelled)) as ProblemException;

        Assert.Equal(isTaken ? null : ProblemKind.UnsupportedFormat, problem?.Kind);
    }

    private static async Task AssertRefusedAsync(Func<Task> work) =>
        Assert.InRange((await Assert.ThrowsAsync<RequestFailedException>(work)).Status, 403, 409);
}
