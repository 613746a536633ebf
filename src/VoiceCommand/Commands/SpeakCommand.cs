using System.CommandLine;
using VoiceCommand.Files;

namespace VoiceCommand.Commands;

/// <summary><c>voice speak book.txt -o book.mp3</c></summary>
internal static class SpeakCommand
{
    private static readonly string[] CaptionKinds = ["srt", "vtt"];

    public static Command Create(Connection connection, Terminal terminal, TimeProvider time)
    {
        var file = new Argument<string>("FILE") { Description = "Text, Markdown (.md) or SSML (.ssml); - is standard input." };
        var output = new Option<string?>("--output", "-o") { Description = "Where the audio goes; - is standard output. Else beside you, under the name of the text.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Overwrite what is there." };
        var ssml = new Option<bool>("--ssml") { Description = "The text is SSML." };
        var captions = new Option<bool>("--captions") { Description = "Write .srt and .vtt beside the audio, too." };
        var consistency = new Option<string?>("--consistency") { Description = "voice: one voice for the whole file (default). speed: chunks may differ.", HelpName = "voice|speed" };
        consistency.AcceptOnlyFromAmong("voice", "speed");
        var title = new Option<string?>("--title") { Description = "What the list of jobs calls it. Else the name of the file.", HelpName = "TITLE" };
        var voice = new VoiceOptions();
        var command = new Command("speak", "Speak a text of any length into one file.") { file, output, force, ssml, captions, consistency, title };
        voice.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Exit.RunAsync(async () =>
        {
            using var api = connection.Open(parsed, time);
            var path = parsed.GetValue(file)!;
            var format = voice.Format(parsed, new OutputFile(parsed.GetValue(output) ?? "").Extension, "mp3");
            var audio = new OutputFile(parsed.GetValue(output) ?? DefaultOutput(path, format));
            if (audio.IsStandard && parsed.GetValue(captions)) throw CommandException.Usage("Captions need an output with a name: -o FILE.");
            List<(string? Result, OutputFile Output)> outputs = [($"audio.{format}", audio)];
            if (parsed.GetValue(captions))
            {
                foreach (var kind in CaptionKinds) outputs.Add(($"captions.{kind}", new OutputFile(Path.ChangeExtension(audio.Path, kind))));
            }

            outputs.ForEach(target => target.Output.Demand(parsed.GetValue(force)));
            var text = await InputText.ReadAsync(path, parsed.GetValue(ssml), cancellationToken);
            var request = voice.Read(parsed, text.Text, format, format) with
            {
                Ssml = text.IsSsml ? true : null,
                Captions = parsed.GetValue(captions) ? true : null,
                Consistency = parsed.GetValue(consistency),
                Title = parsed.GetValue(title) ?? text.Name,
            };
            return await new JobRun(api, terminal, time).RunAsync(_ => api.OrderAsync(request, cancellationToken), outputs, connection.Repeat(parsed), cancellationToken);
        }));
        return command;
    }

    /// <summary>Into a pipe, or into the folder one is in.</summary>
    private static string DefaultOutput(string input, string format) =>
        input != OutputFile.Standard ? $"{Path.GetFileNameWithoutExtension(input)}.{format}"
        : Console.IsOutputRedirected ? OutputFile.Standard
        : throw CommandException.Usage("Name the output of what comes through standard input: -o FILE.");
}
