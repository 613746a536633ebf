using Microsoft.Extensions.Logging;

namespace EmbeddedFunctions.Tests.Durability.Semantics;

internal static partial class StoryLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Text}")]
    public static partial void Said(ILogger logger, string text);

    [LoggerMessage(Level = LogLevel.Information, Message = "step {Step}")]
    public static partial void Step(ILogger logger, int step);
}
