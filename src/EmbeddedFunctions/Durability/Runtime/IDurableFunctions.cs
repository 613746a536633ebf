using System.Diagnostics;

namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>The orchestrators and activities of the app, by name.</summary>
internal interface IDurableFunctions
{
    /// <param name="name">Of the orchestrator.</param>
    /// <param name="trace">What it is a part of.</param>
    /// <returns>Null when there is no such orchestrator.</returns>
    IOrchestratorCall? CreateOrchestratorCall(string name, ActivityContext trace);

    /// <returns>Null when there is no such activity.</returns>
    IActivityCall? CreateActivityCall(string name);
}
