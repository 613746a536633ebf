using Microsoft.Extensions.Primitives;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Transcription;

/// <summary>Turns named values, from a query or a form, into a request, and reports everything that is wrong with them at once.</summary>
internal static class TranscriptionParameters
{
    private const int MaxPrompt = 4096;
    private const int MaxName = 200;

    private static readonly Dictionary<string, TranscriptFormat> Formats = new()
    {
        ["json"] = TranscriptFormat.Json,
        ["verbose_json"] = TranscriptFormat.VerboseJson,
        ["text"] = TranscriptFormat.Text,
        ["srt"] = TranscriptFormat.Srt,
        ["vtt"] = TranscriptFormat.Vtt,
    };

    private static readonly Dictionary<string, CacheMode> CacheModes = new()
    {
        ["default"] = CacheMode.Default,
        ["bypass"] = CacheMode.Bypass,
        ["only"] = CacheMode.Only,
    };

    private static readonly Dictionary<string, TimingKinds> Timings = new() { ["segment"] = TimingKinds.Segment, ["word"] = TimingKinds.Word };

    private static readonly Dictionary<string, bool> Booleans = new() { ["true"] = true, ["false"] = false };

    /// <exception cref="ProblemException">A parameter is unknown, given twice or out of range.</exception>
    public static TranscriptionRequest Parse(IEnumerable<KeyValuePair<string, StringValues>> parameters)
    {
        var errors = new FieldErrors();
        var request = Parse(parameters, errors);
        errors.ThrowIfAny();
        return request;
    }

    /// <summary>The same, for a request with parameters of its own beside these.</summary>
    public static TranscriptionRequest Parse(IEnumerable<KeyValuePair<string, StringValues>> parameters, FieldErrors errors)
    {
        var request = new TranscriptionRequest();
        foreach (var (name, values) in parameters)
        {
            // Lists may be repeated or comma-separated, as clients differ.
            var list = values.SelectMany(value => (value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries)).ToArray();
            if (name is not ("providers" or "timestamps") && values.Count > 1)
            {
                errors.Add(name, "is given twice.");
                continue;
            }

            var value = values.ToString();
            request = name switch
            {
                "language" => request with { Language = value },
                "prompt" => request with { Prompt = value },
                "model" => request with { Model = value },
                "provider" => request with { Provider = value },
                "providers" => request with { Providers = list },
                "cache" => request with { Cache = OneOf(CacheModes, name, value, errors) },
                "format" => request with { Format = OneOf(Formats, name, value, errors) },
                "timestamps" => request with { Timestamps = list.Aggregate(TimingKinds.None, (all, one) => all | OneOf(Timings, name, one, errors)) },
                "diarize" => request with { Diarize = OneOf(Booleans, name, value, errors) },
                _ => Unknown(name),
            };
        }

        TranscriptionRequest Unknown(string name)
        {
            errors.Add(name, "is not a parameter of this request.");
            return request;
        }

        errors.CheckLanguage(request.Language);
        errors.CheckProviders(request.Provider, request.Providers.Count == 0 ? null : request.Providers);
        errors.AddIf(request.Prompt?.Length > MaxPrompt, "prompt", $"must have at most {MaxPrompt} characters.");
        errors.AddIf(request.Model is { Length: 0 or > MaxName }, "model", $"must have 1 to {MaxName} characters.");
        return request;
    }

    /// <summary>What a name stands for; an error when it stands for nothing.</summary>
    public static T OneOf<T>(Dictionary<string, T> allowed, string name, string value, FieldErrors errors)
        where T : struct
    {
        if (allowed.TryGetValue(value, out var found))
        {
            return found;
        }

        errors.Add(name, $"must be one of {string.Join(", ", allowed.Keys)}.");
        return default;
    }
}
