using Azure.Core;
using EmbeddedFunctions.Hosting.Storage;
using Microsoft.Extensions.Configuration;

namespace EmbeddedFunctions.Tests.Storage;

public sealed class StorageConnectionsTests
{
    private const string Secret = "c2VjcmV0LWtleQ==";
    private const string ConnectionString = $"DefaultEndpointsProtocol=https;AccountName=alpha;AccountKey={Secret};EndpointSuffix=core.windows.net";

    [Theory]
    [InlineData("ConnectionStrings:AzureWebJobsUploads,AzureWebJobsUploads,ConnectionStrings:Uploads,Uploads")]
    [InlineData("AzureWebJobsUploads,ConnectionStrings:Uploads,Uploads")]
    [InlineData("ConnectionStrings:Uploads,Uploads")]
    [InlineData("Uploads")]
    public void Get_SeveralSettings_FirstOfTheOfficialOrderWins(string settings)
    {
        var names = settings.Split(',');
        var connections = Connections([.. names.Select((name, index) => (name, ConnectionString.Replace("alpha", $"account{index}", StringComparison.Ordinal)))]);

        Assert.Equal("account0", connections.Get("Uploads").Blobs.AccountName);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Storage")]
    [InlineData("AzureWebJobsStorage")]
    public void Get_NoName_IsTheHostsAccount(string? name)
    {
        var connection = Connections(("AzureWebJobsStorage", ConnectionString)).Get(name);

        Assert.Equal("https://alpha.blob.core.windows.net/", connection.Blobs.Uri.AbsoluteUri);
        Assert.Equal("https://alpha.queue.core.windows.net/", connection.Queues.Uri.AbsoluteUri);
        Assert.Equal("https://alpha.table.core.windows.net/", connection.Tables.Uri.AbsoluteUri);
    }

    [Fact]
    public void Get_AccountName_IsReachedByIdentity()
    {
        var connection = Connections(("AzureWebJobsStorage:accountName", "beta"), ("AzureWebJobsStorage:credential", "managedidentity")).Get();

        Assert.Equal("https://beta.blob.core.windows.net/", connection.Blobs.Uri.AbsoluteUri);
        Assert.Equal("https://beta.queue.core.windows.net/", connection.Queues.Uri.AbsoluteUri);
        Assert.Equal("https://beta.table.core.windows.net/", connection.Tables.Uri.AbsoluteUri);
        Assert.False(connection.Blobs.CanGenerateAccountSasUri);
    }

    [Fact]
    public void Get_ServiceAddresses_AreEachServices()
    {
        var connection = Connections(
            ("AzureWebJobsUploads:blobServiceUri", "https://b.example"), ("AzureWebJobsUploads:queueServiceUri", "https://q.example"),
            ("AzureWebJobsUploads:tenantId", "tenant"), ("AzureWebJobsUploads:clientId", "client"), ("AzureWebJobsUploads:clientSecret", "secret")).Get("Uploads");

        Assert.Equal("https://b.example/", connection.Blobs.Uri.AbsoluteUri);
        Assert.Equal("https://q.example/", connection.Queues.Uri.AbsoluteUri);
        Assert.Contains("AzureWebJobsUploads__tableServiceUri", Assert.Throws<InvalidOperationException>(() => connection.Tables).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Other", "anything", "no setting AzureWebJobsStorage or Storage")]
    [InlineData("AzureWebJobsStorage", $"AccountKey={Secret}", "AzureWebJobsStorage is no connection string")]
    [InlineData("AzureWebJobsStorage", "AccountName=alpha;AccountKey=not-base-64-but-secret", "AzureWebJobsStorage is no connection string")]
    [InlineData("AzureWebJobsStorage:credential", "workloadidentity", "AzureWebJobsStorage__credential must be managedidentity")]
    [InlineData("AzureWebJobsStorage:serviceUri", "https://x.example", "AzureWebJobsStorage__serviceUri is not supported")]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "nonsense", "AzureWebJobsStorage__blobServiceUri")]
    public void Get_NoAccountInTheSetting_IsRefusedWithoutItsValue(string name, string value, string message)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Connections((name, value)).Get().Blobs);

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Get_ClientOptions_AreChangedBeforeTheClientsAreMade()
    {
        var seen = new List<Type>();
        _ = new StorageConnections(Settings(("AzureWebJobsStorage", ConnectionString)), options => seen.Add(options.GetType())).Get().Tables;

        Assert.Equal(3, seen.Count);
        Assert.All(seen, type => Assert.True(type.IsAssignableTo(typeof(ClientOptions))));
    }

    private static StorageConnections Connections(params (string Name, string Value)[] settings) => new(Settings(settings), configureClients: null);

    private static IConfigurationRoot Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value)).Build();
}
