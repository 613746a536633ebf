namespace EmbeddedFunctions.Durability.Runtime;

/// <summary>The orchestrators and activities of the app, by name.</summary>
internal interface IDurableFunctions
{
    /// <returns>Null when there is no such orchestrator.</returns>
    IOrchestratorCall? CreateOrchestratorCall(string name);

    /// <returns>Null when there is no such activity.</returns>
    IActivityCall? CreateActivityCall(string name);
}
