namespace VoiceCommand.Commands;

/// <summary>Turns the end of a command into an exit code, and what went wrong into one line.</summary>
internal static class Exit
{
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (CommandException exception)
        {
            Terminal.Note($"voice: {exception.Message}");
            return exception.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }
}
