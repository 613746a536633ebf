using VoiceFunctions.Security;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>A request for a job, before it is known what exactly is asked for.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Id">The id that the job has or gets.</param>
/// <param name="ArrivedAt">When the request came.</param>
/// <param name="Existing">The job that was made for the same <c>Idempotency-Key</c>.</param>
internal sealed record JobTicket(Caller Caller, string Id, DateTimeOffset ArrivedAt, Job? Existing);
