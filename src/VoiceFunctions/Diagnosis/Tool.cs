using System.ComponentModel;
using System.Text;
using CliWrap;

namespace VoiceFunctions.Diagnosis;

/// <summary>A program of the machine that is asked for its version.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The first line of what it says; <see langword="null"/> when it does not run.</summary>
    public static async Task<string?> AskAsync(string program, string argument, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var said = new StringBuilder();
        try
        {
            var result = await Cli.Wrap(program).WithArguments(argument).WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToStringBuilder(said)).ExecuteAsync(patience.Token);
            return result.IsSuccess ? said.ToString().Split('\n')[0].Trim() : null;
        }
        catch (Exception exception) when (exception is Win32Exception || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
