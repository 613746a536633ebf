using System.Globalization;
using Microsoft.Extensions.Primitives;
using VoiceFunctions.Problems;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>Turns named values, from a query, a form or a JSON object, into a request for a job, and reports everything that is wrong with them at once.</summary>
internal static class TranscriptionJobParameters
{
    public const string Secret = "callbackSecret";

    private const string AudioBlob = "audioBlob";

    private static readonly Dictionary<string, TranscriptOutput> Outputs = new()
    {
        ["json"] = TranscriptOutput.Json,
        ["txt"] = TranscriptOutput.Txt,
        ["srt"] = TranscriptOutput.Srt,
        ["vtt"] = TranscriptOutput.Vtt,
    };

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <param name="parameters">The named values.</param>
    /// <param name="tenant">Whose the blob must be.</param>
    /// <param name="named">Whether the audio is one that lies in the inbox, and not in the request.</param>
    /// <param name="inAddress">Whether the secret stood in the query, which is written to logs on the way.</param>
    /// <exception cref="ProblemException">A parameter is unknown, missing, given twice or out of range.</exception>
    public static TranscriptionJobRequest Parse(IEnumerable<KeyValuePair<string, StringValues>> parameters, string tenant, bool named, bool inAddress)
    {
        var errors = new FieldErrors();
        var request = new TranscriptionJobRequest();
        List<KeyValuePair<string, StringValues>> others = [];
        foreach (var (name, values) in parameters)
        {
            var value = values.ToString();
            request = name switch
            {
                "outputs" => request with { Outputs = ReadOutputs(values, errors) },
                "title" => request with { Title = value },
                "deadline" => request with { Deadline = ReadTime(name, value, errors) },
                "callbackUrl" => request with { CallbackUrl = value },
                Secret => request with { CallbackSecret = value },
                AudioBlob when named => request with { AudioBlob = value },
                "format" => Refused(name, "is for short calls. A job has 'outputs'."),
                _ => ToOthers(name, values),
            };
            errors.AddIf(values.Count > 1 && name is not ("outputs" or "providers" or "timestamps"), name, "is given twice.");
        }

        request = request with { Recognition = TranscriptionParameters.Parse(others, errors) };
        JobTerms.Of(request).Check(errors);
        errors.AddIf(inAddress && request.CallbackSecret is not null, Secret, "must stand in a form or a JSON object: addresses are written to logs.");
        if (named)
        {
            errors.AddIf(request.AudioBlob is not { } blob || InboxName.Parse(blob, tenant) is null, AudioBlob, "is required and must be the 'blob' that POST /api/uploads has answered.");
        }

        errors.ThrowIfAny();
        return request;

        TranscriptionJobRequest Refused(string name, string why)
        {
            errors.Add(name, why);
            return request;
        }

        TranscriptionJobRequest ToOthers(string name, StringValues values)
        {
            others.Add(new(name, values));
            return request;
        }
    }

    /// <summary>Names of outputs, repeated or with commas between them, each once and in the order of the contract.</summary>
    public static IReadOnlyList<TranscriptOutput> ReadOutputs(StringValues values, FieldErrors errors)
    {
        var names = values.SelectMany(value => (value ?? string.Empty).Split(',', StringSplitOptions.TrimEntries));
        return [.. names.Select(name => TranscriptionParameters.OneOf(Outputs, "outputs", name, errors)).Distinct().Order()];
    }

    private static DateTimeOffset? ReadTime(string name, string value, FieldErrors errors)
    {
        if (DateTimeOffset.TryParseExact(value, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        errors.Add(name, "must be an ISO 8601 time such as 2026-01-31T12:00:00Z.");
        return null;
    }
}
