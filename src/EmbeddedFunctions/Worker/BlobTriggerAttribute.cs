using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts the function for every version of every blob of the path, at least once each, in one of the processes that share a storage account.</summary>
/// <param name="blobPath">
/// Container and blob, such as <c>uploads/{name}.{ext}</c>: a name in braces stands for any text and fills the parameter of that name. A container alone
/// stands for every blob in it; <c>%Name%</c> takes a setting's value.
/// </param>
public sealed class BlobTriggerAttribute(string blobPath) : TriggerBindingAttribute
{
    public string BlobPath { get; } = blobPath;

    /// <summary>The setting of the storage account, with or without its prefix AzureWebJobs; the host's account when null.</summary>
    public string? Connection { get; set; }

    public BlobTriggerSource Source { get; set; } = BlobTriggerSource.LogsAndContainerScan;
}
