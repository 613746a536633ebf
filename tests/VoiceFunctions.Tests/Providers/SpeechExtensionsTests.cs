using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Providers;

public sealed class SpeechExtensionsTests
{
    [Fact]
    public void GetCall_NoneGiven_IsEmpty()
    {
        Assert.Equal(new SpeechCall(), ((TextToSpeechOptions?)null).GetCall());
        Assert.Equal(new SpeechCall(), new SpeechToTextOptions().GetCall());
        Assert.Equal(new SpeechCall(), new SpeechToTextOptions { AdditionalProperties = [] }.GetCall());
    }

    [Fact]
    public void WithCall_OnAClone_LeavesTheOriginalAsItWas()
    {
        var original = new TextToSpeechOptions().WithCall(new SpeechCall { Provider = "first" });
        var clone = original.Clone().WithCall(new SpeechCall { Provider = "second" });

        Assert.Equal("first", original.GetCall().Provider);
        Assert.Equal("second", clone.GetCall().Provider);

        var heard = new SpeechToTextOptions().WithCall(new SpeechCall { Provider = "first" });
        heard.Clone().WithCall(new SpeechCall { Provider = "second" });
        Assert.Equal("first", heard.GetCall().Provider);
    }

    [Fact]
    public void GetOutcome_OfAForeignResponse_Throws() => Assert.Throws<InvalidOperationException>(() => new SpeechToTextResponse("hello").GetOutcome());

    [Fact]
    public void GetAudio_NoAudio_IsEmpty() => Assert.True(new TextToSpeechResponse().GetAudio().IsEmpty);

    [Fact]
    public void Name_OfEveryFailureKind_IsThatOfItsJson()
    {
        foreach (var kind in Enum.GetValues<ProviderFailureKind>())
        {
            Assert.Equal(System.Text.Json.JsonSerializer.Serialize(kind), $"\"{kind.Name()}\"");
        }
    }
}
