using Microsoft.Extensions.Logging.Testing;
using VoiceFunctions.Problems;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Problems;

public sealed class ProblemDetailsMiddlewareTests
{
    private readonly FakeLogCollector _log = new();

    [Fact]
    public async Task Invoke_RefusedAfterTheCallerHasLeft_IsNoFailureOfTheFunction()
    {
        await InvokeAsync(new ProblemException(ProblemKind.NotFound, "There is no such thing."), hasLeft: true);

        Assert.Equal(0, _log.Count);
    }

    [Fact]
    public async Task Invoke_CancelledAfterTheCallerHasLeft_IsTheHostsToKnow() =>
        await Assert.ThrowsAsync<OperationCanceledException>(() => InvokeAsync(new OperationCanceledException(), hasLeft: true));

    [Fact]
    public async Task Invoke_DefectAfterTheCallerHasLeft_IsNotHidden() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => InvokeAsync(new InvalidOperationException("A defect."), hasLeft: true));

    private async Task InvokeAsync(Exception exception, bool hasLeft)
    {
        var http = TestRequest.Local("localhost");
        http.RequestAborted = new CancellationToken(hasLeft);
        await new ProblemDetailsMiddleware(new FakeLogger<ProblemDetailsMiddleware>(_log)).Invoke(new StubFunctionContext("ListVoices", http), _ => throw exception);
    }
}
