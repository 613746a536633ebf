using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Storage;
using VoiceFunctions.Synthesis;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>A long text on its way to a job: read, validated, planned so far that somebody can speak it, stored, started.</summary>
public sealed class SynthesisJobFlow
{
    private readonly JobIntake _intake;
    private readonly SynthesisJobReader _reader;
    private readonly SynthesisPlanner _planner;
    private readonly TimeProvider _time;

    internal SynthesisJobFlow(JobIntake intake, SynthesisJobReader reader, SynthesisPlanner planner, TimeProvider time) =>
        (_intake, _reader, _planner, _time) = (intake, reader, planner, time);

    public async Task<IResult> RunAsync(HttpRequest http, DurableTaskClient client, CancellationToken cancellationToken)
    {
        BodyLimit.Raise(http, SynthesisJobReader.MaxBody);
        using var deadline = new RequestDeadline(http, _time, cancellationToken, RequestDeadline.Patient);
        return await deadline.RunAsync(token => StorageDemand.RunAsync(() => CreateAsync(http, client, token), token));
    }

    private async Task<IResult> CreateAsync(HttpRequest http, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var ticket = await _intake.OpenAsync(http, cancellationToken);
        var tenant = ticket.Caller.Tenant;
        var request = await SynthesisJobReader.ReadAsync(http, tenant, cancellationToken);
        var terms = JobTerms.Of(request);
        var hash = RequestHash.Of(request with { CallbackSecret = null }, ApiJson.Wire.SynthesisJobRequest, await _intake.FingerprintAsync(terms, cancellationToken));
        if (ticket.Existing is { } existing)
        {
            return await _intake.RepeatAsync(existing, hash, client, cancellationToken);
        }

        var end = _intake.EndOf(ticket, terms);
        var text = await _reader.TextAsync(request, tenant, cancellationToken);
        _planner.Plan(text, SynthesisOptions.Of(request, ticket.Caller, end), inPieces: true);

        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var source = await _intake.KeepSourceAsync(ticket, content, "text/plain; charset=utf-8", cancellationToken);
        var asked = request with { Text = null, CallbackSecret = null };
        return await _intake.SubmitAsync(ticket, terms, source, hash, job => job with { Kind = JobKind.Tts, Synthesis = asked }, client, cancellationToken);
    }
}
