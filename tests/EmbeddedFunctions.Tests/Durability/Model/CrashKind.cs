namespace EmbeddedFunctions.Tests.Durability.Model;

internal enum CrashKind
{
    /// <summary>The write is not done.</summary>
    BeforeTheWrite,

    /// <summary>The write is done, and the process never hears of it.</summary>
    AfterTheWrite,

    /// <summary>The process loses its lease there and does not know it yet: it goes on beside the next one.</summary>
    LosesTheLease,
}
