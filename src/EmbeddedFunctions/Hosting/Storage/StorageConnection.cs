using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace EmbeddedFunctions.Hosting.Storage;

/// <summary>One storage account, by a connection string or by the addresses of its services and an identity.</summary>
internal sealed class StorageConnection
{
    private readonly Lazy<BlobServiceClient> _blobs;
    private readonly Lazy<QueueServiceClient> _queues;
    private readonly Lazy<TableServiceClient> _tables;

    private StorageConnection(Func<BlobServiceClient> blobs, Func<QueueServiceClient> queues, Func<TableServiceClient> tables)
    {
        _blobs = new(blobs);
        _queues = new(queues);
        _tables = new(tables);
    }

    /// <exception cref="InvalidOperationException">The setting has no address of the service.</exception>
    public BlobServiceClient Blobs => _blobs.Value;

    /// <inheritdoc cref="Blobs"/>
    public QueueServiceClient Queues => _queues.Value;

    /// <inheritdoc cref="Blobs"/>
    public TableServiceClient Tables => _tables.Value;

    public static StorageConnection Open(IConfigurationSection section, Action<ClientOptions>? configure)
    {
        var (blobs, queues, tables) = (new BlobClientOptions(), new QueueClientOptions(), new TableClientOptions());
        Array.ForEach<ClientOptions>([blobs, queues, tables], options => configure?.Invoke(options));
        if (!string.IsNullOrEmpty(section.Value))
        {
            return new StorageConnection(
                () => Parse(section, value => new BlobServiceClient(value, blobs)),
                () => Parse(section, value => new QueueServiceClient(value, queues)),
                () => Parse(section, value => new TableServiceClient(value, tables)));
        }

        var identity = new StorageIdentity(section);
        return new StorageConnection(
            () => new BlobServiceClient(identity.Address("blob"), identity.Credential, blobs),
            () => new QueueServiceClient(identity.Address("queue"), identity.Credential, queues),
            () => new TableServiceClient(identity.Address("table"), identity.Credential, tables));
    }

    // The inner exception might quote the key, so it is not passed on.
    private static T Parse<T>(IConfigurationSection section, Func<string, T> create)
        where T : class =>
        TryParse(section.Value!, create) ?? throw new InvalidOperationException($"the setting {section.Path} is no connection string of a storage account");

    private static T? TryParse<T>(string value, Func<string, T> create)
        where T : class
    {
        try
        {
            return create(value);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
