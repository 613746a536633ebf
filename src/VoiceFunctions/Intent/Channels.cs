using System.Collections.Frozen;

namespace VoiceFunctions.Intent;

/// <summary>Reads the channel out of a platform's name.</summary>
internal static class Channels
{
    private static readonly FrozenDictionary<string, Channel> ByName = new Dictionary<string, Channel>(StringComparer.Ordinal)
    {
        ["phone"] = Channel.Spoken,
        ["call"] = Channel.Spoken,
        ["phonecall"] = Channel.Spoken,
        ["telephone"] = Channel.Spoken,
        ["telephony"] = Channel.Spoken,
        ["ivr"] = Channel.Spoken,
        ["sip"] = Channel.Spoken,
        ["voice"] = Channel.Spoken,
        ["alexa"] = Channel.Spoken,
        ["echo"] = Channel.Spoken,
        ["googlehome"] = Channel.Spoken,
        ["googleassistant"] = Channel.Spoken,
        ["siri"] = Channel.Spoken,
        ["homepod"] = Channel.Spoken,
        ["alice"] = Channel.Spoken,
        ["alisa"] = Channel.Spoken,
        ["алиса"] = Channel.Spoken,
        ["маруся"] = Channel.Spoken,
        ["телефон"] = Channel.Spoken,
        ["marusya"] = Channel.Spoken,
        ["smartspeaker"] = Channel.Spoken,
        ["speaker"] = Channel.Spoken,
        ["car"] = Channel.Spoken,
        ["carplay"] = Channel.Spoken,
        ["androidauto"] = Channel.Spoken,
        ["email"] = Channel.Written,
        ["mail"] = Channel.Written,
        ["gmail"] = Channel.Written,
        ["outlook"] = Channel.Written,
        ["github"] = Channel.Written,
        ["gitlab"] = Channel.Written,
        ["jira"] = Channel.Written,
        ["zendesk"] = Channel.Written,
        ["forum"] = Channel.Written,
        ["sms"] = Channel.Soundless,
        ["ide"] = Channel.Soundless,
        ["vscode"] = Channel.Soundless,
        ["visualstudio"] = Channel.Soundless,
        ["jetbrains"] = Channel.Soundless,
        ["terminal"] = Channel.Soundless,
        ["cli"] = Channel.Soundless,
        ["irc"] = Channel.Soundless,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Case, spaces, dashes and underscores in the name do not matter.</summary>
    public static Channel Of(string? platform)
    {
        if (platform is null or { Length: > VoiceIntentRequest.MaxPlatformLength })
        {
            return Channel.Chat;
        }

        var name = string.Concat(platform.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return ByName.GetValueOrDefault(name, Channel.Chat);
    }
}
