using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using VoiceFunctions.Jobs.Requests;

namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>Tells a job's receiver how it ended, and writes into the job what came of it.</summary>
public sealed partial class CallbackDelivery
{
    private readonly JobStore _store;
    private readonly CallbackSecrets _secrets;
    private readonly CallbackSender _sender;
    private readonly TimeProvider _time;
    private readonly ILogger<CallbackDelivery> _logger;

    internal CallbackDelivery(JobStore store, CallbackSecrets secrets, CallbackSender sender, TimeProvider time, ILogger<CallbackDelivery> logger) =>
        (_store, _secrets, _sender, _time, _logger) = (store, secrets, sender, time, logger);

    public async Task<DeliveryEnd> DeliverAsync(DeliveryCall call, CancellationToken cancellationToken)
    {
        var (tenant, id) = call.Job;
        if (await _store.GetAsync(tenant, id, cancellationToken) is not { IsFinished: true, Callback: { State: CallbackState.Pending } callback } job)
        {
            return new DeliveryEnd(IsOver: true, RetryAfter: null);
        }

        var reply = await SendAsync(job, callback, cancellationToken);
        var state = reply.State == CallbackState.Pending && call.IsLast ? CallbackState.Failed : reply.State;
        await _store.ChangeAsync(
            tenant,
            id,
            current => current with
            {
                Callback = current.Callback! with { State = state, Attempts = call.Number, LastFailure = reply.Failure, LastAttemptAt = _time.GetUtcNow() },
            },
            cancellationToken);
        if (state == CallbackState.Failed)
        {
            LogGivenUp(id, call.Number, reply.Failure);
        }

        return new DeliveryEnd(state != CallbackState.Pending, reply.RetryAfter);
    }

    private async Task<CallbackReply> SendAsync(Job job, JobCallback callback, CancellationToken cancellationToken)
    {
        string secret;
        try
        {
            secret = await _secrets.DecryptAsync(callback.Secret, job.Id, cancellationToken);
        }
        catch (CryptographicException)
        {
            // The configured key has changed since. Unsigned, nobody should believe it.
            return CallbackReply.Refused("secret_unreadable");
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(JobDocument.Of(job), ApiJson.Wire.JobDocument);
        return await _sender.SendAsync(new Uri(callback.Url), body, secret, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The receiver of job {Job} could not be told in {Attempts} attempts: {Failure}.")]
    private partial void LogGivenUp(string job, int attempts, string? failure);
}
