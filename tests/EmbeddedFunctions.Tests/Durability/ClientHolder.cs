using Microsoft.DurableTask.Client;

namespace EmbeddedFunctions.Tests.Durability;

/// <summary>What a function has been given, for the test.</summary>
public sealed class ClientHolder
{
    public DurableTaskClient? Client { get; set; }
}
