namespace EmbeddedFunctions.Durability.Replay;

internal enum RunState
{
    Waiting,
    Completed,
    ContinuedAsNew,
    Failed,
}
