using System.CommandLine;
using VoiceCommand.Files;

namespace VoiceCommand.Commands;

/// <summary><c>voice say "Hello."</c></summary>
internal static class SayCommand
{
    private const string DefaultFile = "say.wav";

    public static Command Create(Connection connection, TimeProvider time)
    {
        var words = new Argument<string[]>("TEXT") { Description = "What to say, at most 4096 characters; - is standard input.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string?>("--output", "-o") { Description = "Write it here; - is standard output. Else it is played, or where nothing can play it, written to say.wav.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Overwrite what is there." };
        var voice = new VoiceOptions();
        var command = new Command("say", "Say a short text aloud.") { words, output, force };
        voice.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Exit.RunAsync(async () =>
        {
            using var api = connection.Open(parsed, time);
            var file = parsed.GetValue(output) is { } path ? new OutputFile(path) : Console.IsOutputRedirected ? new OutputFile(OutputFile.Standard) : null;
            file?.Demand(parsed.GetValue(force));
            var text = parsed.GetValue(words) is [OutputFile.Standard]
                ? (await InputText.ReadAsync(OutputFile.Standard, isSsml: false, cancellationToken)).Text
                : string.Join(' ', parsed.GetValue(words)!);
            var request = voice.Read(parsed, text, file?.Extension ?? "", "wav");
            using var response = await api.SpeakAsync(request, cancellationToken);
            if (file is not null)
            {
                await file.WriteAsync(target => response.Content.CopyToAsync(target, cancellationToken));
                if (!file.IsStandard) Terminal.Note($"Wrote {file.Path}.");
                return ExitCode.Done;
            }

            await PlayAsync(response, request.Format!, parsed.GetValue(force), cancellationToken);
            return ExitCode.Done;
        }));
        return command;
    }

    private static async Task PlayAsync(HttpResponseMessage response, string format, bool overwrite, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("voice-say-");
        try
        {
            var spoken = new OutputFile(Path.Combine(folder.FullName, $"say.{format}"));
            await spoken.WriteAsync(target => response.Content.CopyToAsync(target, cancellationToken));
            if (await Player.PlayAsync(spoken.Path, cancellationToken)) return;
            var kept = new OutputFile(Path.ChangeExtension(DefaultFile, format));
            kept.Demand(overwrite);
            await kept.WriteAsync(async target =>
            {
                await using var source = File.OpenRead(spoken.Path);
                await source.CopyToAsync(target, cancellationToken);
            });
            Terminal.Note($"Nothing here can play sound. Wrote {kept.Path}.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
