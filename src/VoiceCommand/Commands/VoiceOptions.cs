using System.CommandLine;
using VoiceCommand.Api;

namespace VoiceCommand.Commands;

/// <summary>How something is spoken: options of <c>speak</c> and <c>say</c>.</summary>
internal sealed class VoiceOptions
{
    private static readonly string[] Formats = ["mp3", "wav", "opus", "aac", "flac", "pcm"];

    private readonly Option<string?> _voice = new("--voice", "-v") { Description = "A profile such as narrator, an OpenAI voice, or provider:voice.", HelpName = "VOICE" };
    private readonly Option<string?> _language = new("--language", "-l") { Description = "Such as en or de-DE.", HelpName = "TAG" };
    private readonly Option<string?> _format = new("--format", "-f") { Description = "mp3, wav, opus, aac, flac or pcm. Else what the name of the output says.", HelpName = "FORMAT" };
    private readonly Option<int?> _sampleRate = new("--sample-rate") { Description = "8000 to 48000. Else the voice's own.", HelpName = "HERTZ" };
    private readonly Option<float?> _speed = new("--speed") { Description = "0.25 to 4.", HelpName = "FACTOR" };
    private readonly Option<string?> _instructions = new("--instructions") { Description = "How to speak, for voices that take advice.", HelpName = "TEXT" };
    private readonly Option<string?> _model = new("--model") { Description = "One model only.", HelpName = "MODEL" };
    private readonly Option<string?> _provider = new("--provider") { Description = "One provider only, without fallback.", HelpName = "PROVIDER" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _voice, _language, _format, _sampleRate, _speed, _instructions, _model, _provider }) command.Options.Add(option);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="text">What to say.</param>
    /// <param name="extension">Of the output, in small letters; empty where it has none.</param>
    /// <param name="fallback">The format where nothing names one.</param>
    /// <exception cref="CommandException">There is no such format.</exception>
    public SpeechRequest Read(ParseResult parsed, string text, string extension, string fallback) => new()
    {
        Text = text,
        Voice = parsed.GetValue(_voice),
        Language = parsed.GetValue(_language),
        Format = Format(parsed, extension, fallback),
        SampleRate = parsed.GetValue(_sampleRate),
        Speed = parsed.GetValue(_speed),
        Instructions = parsed.GetValue(_instructions),
        Model = parsed.GetValue(_model),
        Provider = parsed.GetValue(_provider),
    };

    public string Format(ParseResult parsed, string extension, string fallback)
    {
        if (parsed.GetValue(_format) is { } format) return Formats.Contains(format) ? format : throw CommandException.Usage($"--format must be one of {string.Join(", ", Formats)}.");
        var named = extension switch { "ogg" => "opus", "raw" => "pcm", _ => extension };
        return Formats.Contains(named) ? named
            : named.Length == 0 ? fallback
            : throw CommandException.Usage($"No format is called '.{extension}'. Name one with --format: {string.Join(", ", Formats)}.");
    }
}
