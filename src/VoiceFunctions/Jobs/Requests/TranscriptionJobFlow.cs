using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Storage;
using VoiceFunctions.Transcription;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>A long recording on its way to a job: read, validated, planned so far that somebody can recognise it, stored, started.</summary>
public sealed class TranscriptionJobFlow
{
    private readonly JobIntake _intake;
    private readonly TranscriptionJobReader _reader;
    private readonly RecognitionPlanner _planner;
    private readonly TimeProvider _time;

    internal TranscriptionJobFlow(JobIntake intake, TranscriptionJobReader reader, RecognitionPlanner planner, TimeProvider time) =>
        (_intake, _reader, _planner, _time) = (intake, reader, planner, time);

    public async Task<IResult> RunAsync(HttpRequest http, DurableTaskClient client, CancellationToken cancellationToken)
    {
        BodyLimit.Raise(http, TranscriptionJobReader.MaxBody);
        using var deadline = new RequestDeadline(http, _time, cancellationToken, RequestDeadline.Patient);
        return await deadline.RunAsync(token => StorageDemand.RunAsync(() => CreateAsync(http, client, token), token));
    }

    private async Task<IResult> CreateAsync(HttpRequest http, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var ticket = await _intake.OpenAsync(http, cancellationToken);
        var (request, audio) = await _reader.ReadAsync(http, ticket, Check, cancellationToken);
        await using (audio)
        {
            var terms = JobTerms.Of(request);
            var asked = request with { CallbackSecret = null };
            var hash = RequestHash.Of(asked, JobJson.Default.TranscriptionJobRequest, await _intake.FingerprintAsync(terms, cancellationToken), audio.Sha256.Span);
            return ticket.Existing is { } existing
                ? await _intake.RepeatAsync(existing, hash, client, cancellationToken)
                : await _intake.SubmitAsync(ticket, terms, audio.Keep(), hash, job => job with { Kind = JobKind.Stt, Transcription = asked }, client, cancellationToken);
        }

        void Check(TranscriptionJobRequest asked)
        {
            if (ticket.Existing is null)
            {
                var end = _intake.EndOf(ticket, JobTerms.Of(asked));
                _planner.Plan(recording: null, RecognitionOptions.Of(asked.Recognition, asked.NeededTimings, ticket.Caller, end));
            }
        }
    }
}
