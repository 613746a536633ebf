using Azure.Core.Serialization;

namespace Microsoft.Azure.Functions.Worker;

public class WorkerOptions
{
    /// <summary>
    /// What inputs and outputs of orchestrations and activities are serialised by; a <see cref="JsonObjectSerializer"/> that ignores the case of property
    /// names when it reads, unless the app sets another.
    /// </summary>
    public ObjectSerializer? Serializer { get; set; }
}
