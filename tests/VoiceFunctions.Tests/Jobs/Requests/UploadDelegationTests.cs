using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using VoiceFunctions.Jobs.Requests;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Jobs.Requests;

/// <summary>Uploads where the app has an identity and no account key, as on Azure. Azurite knows no delegation over plain HTTP, so an account is played.</summary>
public sealed class UploadDelegationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task RunAsync_NoAccountKey_SignsWithAKeyThatStorageLends()
    {
        using var account = new PlayedAccount();
        var service = new BlobServiceClient(
            new Uri("https://account.blob.core.windows.net"), new PlayedIdentity(), new BlobClientOptions { Transport = new HttpClientTransport(account) });
        var flow = new UploadFlow(service, new FakeTimeProvider(Noon));
        var request = TestRequest.Post("""{"name":"a.wav"}""");

        var result = await flow.RunAsync(request, TestContext.Current.CancellationToken);

        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        request.HttpContext.RequestServices = services;
        await result.ExecuteAsync(request.HttpContext);
        var url = new Uri((string)JsonNode.Parse(request.HttpContext.Response.ReadBody())!["uploadUrl"]!);
        var sas = HttpUtility.ParseQueryString(url.Query);
        Assert.Equal(("c", "b", "https", "object-id"), (sas["sp"], sas["sr"], sas["spr"], sas["skoid"]));
        Assert.Equal(("2026-03-01T11:55:00Z", "2026-03-01T13:00:00Z"), (sas["st"], sas["se"]));
        Assert.Equal("account.blob.core.windows.net", url.Host);
        Assert.StartsWith("/inbox/20260301/default/", url.AbsolutePath, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(sas["sig"]));
        Assert.Contains(account.Paths, path => path.Contains("comp=userdelegationkey", StringComparison.Ordinal));
    }

    private sealed class PlayedIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("token", Noon.AddYears(10));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>An account that makes the container and lends a key (https://learn.microsoft.com/rest/api/storageservices/get-user-delegation-key).</summary>
    private sealed class PlayedAccount : HttpMessageHandler
    {
        public List<string> Paths { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Paths.Add(request.RequestUri!.PathAndQuery);
            return Task.FromResult(request.RequestUri.Query.Contains("userdelegationkey", StringComparison.Ordinal)
                ? new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent(
                        "<?xml version=\"1.0\" encoding=\"utf-8\"?><UserDelegationKey><SignedOid>object-id</SignedOid><SignedTid>tenant-id</SignedTid>"
                        + "<SignedStart>2026-03-01T11:55:00Z</SignedStart><SignedExpiry>2026-03-01T13:00:00Z</SignedExpiry><SignedService>b</SignedService>"
                        + $"<SignedVersion>2020-02-10</SignedVersion><Value>{Convert.ToBase64String(new byte[32])}</Value></UserDelegationKey>",
                        Encoding.UTF8,
                        "application/xml"),
                }
                : new HttpResponseMessage(HttpStatusCode.Created));
        }
    }
}
