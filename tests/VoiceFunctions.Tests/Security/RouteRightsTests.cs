using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using VoiceFunctions.Functions;
using VoiceFunctions.Security;

namespace VoiceFunctions.Tests.Security;

public sealed class RouteRightsTests
{
    public static TheoryData<string> HttpFunctions =>
    [
        .. from type in typeof(Health).Assembly.GetTypes()
           from method in type.GetMethods()
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null && method.GetParameters().Any(parameter => parameter.IsDefined(typeof(HttpTriggerAttribute)))
           select function.Name,
    ];

    [Theory]
    [MemberData(nameof(HttpFunctions))]
    public void Of_EveryHttpFunction_HasAnEntry(string function) => Assert.True(RouteRights.IsOpen(function) || RouteRights.Of(function) >= AccessRights.None);

    [Fact]
    public void IsOpen_OnlyLivenessIs() => Assert.Equal(["Health"], HttpFunctions.Select(row => row.Data).Where(RouteRights.IsOpen));

    [Fact]
    public void Of_EveryFunctionThatCosts_AsksForARight() =>
        Assert.All(["SynthesizeSpeech", "TranscribeSpeech", "ReportUsage", "HealthReady"], function => Assert.NotEqual(AccessRights.None, RouteRights.Of(function)));

    [Theory]
    [InlineData("speak")]
    [InlineData("transcribe,jobs")]
    [InlineData("speak,transcribe,jobs,usage,admin")]
    [InlineData("")]
    public void Parse_OfNames_IsTheirRights(string names)
    {
        Assert.Equal(names, string.Join(',', AccessRightsExtensions.Parse(names)!.Value.Names()));
        Assert.Equal(AccessRightsExtensions.Parse(names), AccessRightsExtensions.Parse($" {names.ToUpperInvariant().Replace(",", " , ", StringComparison.Ordinal)} "));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("none")]
    [InlineData("1")]
    [InlineData("speak,fly")]
    public void Parse_OfAnythingElse_IsNothing(string names) => Assert.Null(AccessRightsExtensions.Parse(names));
}
