using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;
using VoiceFunctions.Security;

namespace VoiceFunctions.Usage;

/// <summary>A question about usage on its way to a report of the caller's own tenant.</summary>
public sealed class UsageFlow
{
    private readonly UsageReader _reader;
    private readonly TimeProvider _time;

    internal UsageFlow(UsageReader reader, TimeProvider time) => (_reader, _time) = (reader, time);

    public async Task<IResult> RunAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        using var deadline = new RequestDeadline(http, _time, cancellationToken);
        return await deadline.RunAsync<IResult>(async token =>
            new UsageResult(await _reader.ReadAsync(Caller.Of(http.HttpContext).Tenant, UsageQueryReader.Read(http, _time.GetUtcNow()), token)));
    }
}
