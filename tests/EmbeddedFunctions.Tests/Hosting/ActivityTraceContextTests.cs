using System.Diagnostics;
using EmbeddedFunctions.Hosting;

namespace EmbeddedFunctions.Tests.Hosting;

public sealed class ActivityTraceContextTests : IDisposable
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly Activity? _outer = Activity.Current;

    public ActivityTraceContextTests() => Activity.Current = null;

    public void Dispose() => Activity.Current = _outer;

    [Fact]
    public void TraceParent_NobodyListens_IsWhatStartedTheExecution()
    {
        var context = new ActivityTraceContext(ActivityContext.Parse(Parent, "vendor=1"));

        Assert.Equal((Parent, "vendor=1"), (context.TraceParent, context.TraceState));
    }

    [Fact]
    public void TraceParent_OfAnActivity_IsThat()
    {
        using var activity = new Activity("current").SetParentId(Parent);
        activity.Start();

        Assert.Equal(activity.Id, new ActivityTraceContext(ActivityContext.Parse(Parent, "vendor=1")).TraceParent);
    }

    [Fact]
    public void TraceParent_NoTrace_IsEmpty() => Assert.Equal((string.Empty, string.Empty), (new ActivityTraceContext(default).TraceParent, new ActivityTraceContext(default).TraceState));
}
