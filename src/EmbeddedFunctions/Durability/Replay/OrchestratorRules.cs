namespace EmbeddedFunctions.Durability.Replay;

internal static class OrchestratorRules
{
    public const string IllegalAwait =
        "The orchestrator, or middleware around it, awaited something that is not a task of its context, such as Task.Delay, Task.Run, I/O or an await with "
        + "ConfigureAwait(false). A replay cannot repeat that: use timers, activities and events of TaskOrchestrationContext.";

    public const string Stuck =
        "The orchestrator waits, but for no task of its context, so that nothing could ever resume it. " + IllegalAwait;
}
