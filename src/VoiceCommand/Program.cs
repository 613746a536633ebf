using System.CommandLine;
using VoiceCommand;
using VoiceCommand.Commands;

var terminal = new Terminal();
var connection = new Connection();
var root = new RootCommand("Speech from the terminal, over the API of an app here or elsewhere. Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 app not reachable, 4 job cancelled, 130 interrupted.")
{
    SpeakCommand.Create(connection, terminal, TimeProvider.System),
    TranscribeCommand.Create(connection, terminal, TimeProvider.System),
    JobsCommand.Create(connection, terminal, TimeProvider.System),
    VoicesCommand.Create(connection, terminal, TimeProvider.System),
    SayCommand.Create(connection, TimeProvider.System),
};
connection.AddTo(root);

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Terminal.Note($"voice: {error.Message}");
    Terminal.Note("voice: --help tells what there is.");
    return ExitCode.Usage;
}

return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
