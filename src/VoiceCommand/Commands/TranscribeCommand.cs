using System.CommandLine;
using System.Net.Http.Headers;
using VoiceCommand.Api;
using VoiceCommand.Files;
using VoiceCommand.Following;

namespace VoiceCommand.Commands;

/// <summary><c>voice transcribe meeting.mp3 --to srt</c></summary>
internal static class TranscribeCommand
{
    /// <summary>More than that goes to storage directly, where the app gives an address for it. A Functions host takes 100 MB.</summary>
    private const long LargestBody = 32 * 1024 * 1024;

    private static readonly string[] Kinds = ["txt", "srt", "vtt", "json"];

    public static Command Create(Connection connection, Terminal terminal, TimeProvider time)
    {
        var file = new Argument<string>("FILE") { Description = "Audio or video; - is standard input." };
        var to = new Option<string[]>("--to", "-t") { Description = "txt (default), srt, vtt or json; more than one with commas or again.", HelpName = "KIND" };
        var output = new Option<string?>("--output", "-o") { Description = "Where the transcript goes; - is standard output. Of several kinds each gets its own ending.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Overwrite what is there." };
        var language = new Option<string?>("--language", "-l") { Description = "Such as en or de-DE.", HelpName = "TAG" };
        var prompt = new Option<string?>("--prompt") { Description = "Names and words that occur.", HelpName = "TEXT" };
        var model = new Option<string?>("--model") { Description = "One model only.", HelpName = "MODEL" };
        var provider = new Option<string?>("--provider") { Description = "One provider only, without fallback.", HelpName = "PROVIDER" };
        var diarize = new Option<bool>("--diarize") { Description = "Tell speakers apart." };
        var title = new Option<string?>("--title") { Description = "What the list of jobs calls it. Else the name of the file.", HelpName = "TITLE" };
        var command = new Command("transcribe", "Write down a recording of any length.") { file, to, output, force, language, prompt, model, provider, diarize, title };
        command.SetAction((parsed, cancellationToken) => Exit.RunAsync(async () =>
        {
            using var api = connection.Open(parsed, time);
            var path = parsed.GetValue(file)!;
            var kinds = ReadKinds(parsed.GetValue(to), parsed.GetValue(output));
            var outputs = Outputs(path, kinds, parsed.GetValue(output));
            outputs.ForEach(target => target.Output.Demand(parsed.GetValue(force)));
            using var audio = await InputAudio.OpenAsync(path, cancellationToken);
            var request = new TranscriptionRequest
            {
                Outputs = kinds,
                Title = parsed.GetValue(title) ?? audio.Name,
                Language = parsed.GetValue(language),
                Prompt = parsed.GetValue(prompt),
                Model = parsed.GetValue(model),
                Provider = parsed.GetValue(provider),
                Diarize = parsed.GetValue(diarize) ? true : null,
            };
            return await new JobRun(api, terminal, time).RunAsync(
                display => OrderAsync(api, request, audio, display, cancellationToken), outputs, connection.Repeat(parsed), cancellationToken);
        }));
        return command;
    }

    private static async Task<string> OrderAsync(VoiceApi api, TranscriptionRequest request, InputAudio audio, ProgressDisplay display, CancellationToken cancellationToken)
    {
        if (audio.Length <= LargestBody) return await api.OrderAsync(request, Content, cancellationToken);
        var upload = await api.CreateUploadAsync(new UploadRequest(audio.Name ?? "recording", audio.MediaType), cancellationToken);
        using (var content = Content()) await VoiceApi.UploadAsync(upload.UploadUrl, content, cancellationToken);
        return await api.OrderAsync(request with { AudioBlob = upload.Blob }, cancellationToken);

        HttpContent Content()
        {
            var content = new StreamContent(new CountedStream(audio.OpenRead(), read => display.Report("Sending", read, audio.Length, "bytes")), 128 * 1024);
            content.Headers.ContentType = new MediaTypeHeaderValue(audio.MediaType);
            content.Headers.ContentLength = audio.Length;
            return content;
        }
    }

    private static string[] ReadKinds(string[]? given, string? output)
    {
        string[] kinds = [.. (given ?? []).SelectMany(kind => kind.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()];
        if (kinds.FirstOrDefault(kind => !Kinds.Contains(kind)) is { } unknown) throw CommandException.Usage($"--to knows {string.Join(", ", Kinds)}, and not '{unknown}'.");
        if (kinds.Length > 0) return kinds;
        return new OutputFile(output ?? "").Extension is { } extension && Kinds.Contains(extension) ? [extension] : ["txt"];
    }

    private static List<(string? Result, OutputFile Output)> Outputs(string input, string[] kinds, string? output)
    {
        if (kinds.Length > 1 && output is OutputFile.Standard) throw CommandException.Usage("Only one kind goes to standard output.");
        if (kinds.Length == 1 && output is not null) return [($"transcript.{kinds[0]}", new OutputFile(output))];
        if (kinds.Length == 1 && input is OutputFile.Standard) return [($"transcript.{kinds[0]}", new OutputFile(OutputFile.Standard))];
        if (input is OutputFile.Standard && output is null) throw CommandException.Usage("Name the outputs of what comes through standard input: -o FILE.");
        var name = output ?? Path.GetFileName(input);
        return [.. kinds.Select(kind => ($"transcript.{kind}", new OutputFile(Path.ChangeExtension(name, kind))))];
    }
}
