using System.CommandLine;
using VoiceCommand.Api;

namespace VoiceCommand.Commands;

/// <summary>Which app is meant, and who asks: options of every command.</summary>
internal sealed class Connection
{
    private const string DefaultUrl = "http://127.0.0.1:7071";

    private readonly Option<string> _url = new("--url")
    {
        Description = $"The app. Else VOICE_URL, else {DefaultUrl}.", HelpName = "URL", Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("VOICE_URL") is { Length: > 0 } url ? url : DefaultUrl,
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "A key of the app. Better in VOICE_KEY: others on this machine can read a command line.", HelpName = "KEY", Recursive = true,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_key);
    }

    public VoiceApi Open(ParseResult parsed, TimeProvider time)
    {
        var url = parsed.GetValue(_url)!;
        if (!Uri.TryCreate(url.EndsWith('/') ? url : url + "/", UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw CommandException.Usage($"'{url}' is not an http or https address.");
        }

        var key = parsed.GetValue(_key) ?? Environment.GetEnvironmentVariable("VOICE_KEY");
        if (key is { Length: > 0 } && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback) throw CommandException.Usage("A key is not sent over http to another machine. Use https.");
        return new VoiceApi(address, key, time);
    }

    /// <summary>What must be repeated to come back to the same app.</summary>
    public string Repeat(ParseResult parsed) =>
        parsed.GetResult(_url) is { Implicit: false } ? $" --url {parsed.GetValue(_url)}" : "";
}
