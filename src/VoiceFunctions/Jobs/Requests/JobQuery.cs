using System.Globalization;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>Which jobs are asked for.</summary>
internal sealed record JobQuery(JobKind? Kind, JobStatus? Status, int Top, string? Continuation)
{
    private const int MaxTop = 100;
    private const int DefaultTop = 20;

    private static readonly Dictionary<string, JobKind> Kinds = Enum.GetValues<JobKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant());
    private static readonly Dictionary<string, JobStatus> Statuses = Enum.GetValues<JobStatus>().ToDictionary(status => status.ToString().ToLowerInvariant());

    /// <exception cref="ProblemException">A parameter is unknown, given twice or out of range.</exception>
    public static JobQuery Read(HttpRequest http, string tenant)
    {
        var errors = new FieldErrors();
        var query = new JobQuery(Kind: null, Status: null, DefaultTop, Continuation: null);
        foreach (var (name, values) in http.Query)
        {
            var value = values.ToString();
            errors.AddIf(values.Count > 1, name, "is given twice.");
            switch (name)
            {
                case "kind":
                    query = query with { Kind = TranscriptionParameters.OneOf(Kinds, name, value, errors) };
                    break;
                case "status":
                    query = query with { Status = TranscriptionParameters.OneOf(Statuses, name, value, errors) };
                    break;
                case "top":
                    errors.AddIf(!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var top) || top is < 1 or > MaxTop, name, $"must be a number from 1 to {MaxTop}.");
                    query = query with { Top = top };
                    break;
                case "continuation":
                    query = query with { Continuation = value };
                    break;
                default:
                    errors.Add(name, "is not a parameter of this request.");
                    break;
            }
        }

        errors.ThrowIfAny();
        return query.Continuation is { } token
            ? query with { Continuation = ListContinuation.Read(token, tenant, query.Kind, query.Status) ?? throw ProblemException.InvalidField("continuation", "is none that a page of this list has ended with.") }
            : query;
    }
}
