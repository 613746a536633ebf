namespace VoiceCommand;

/// <summary>Ends a command with one line for its user and an <see cref="ExitCode"/>.</summary>
internal sealed class CommandException(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;

    public static CommandException Usage(string message, Exception? innerException = null) => new(VoiceCommand.ExitCode.Usage, message, innerException);
}
