using System.Text.Json;
using VoiceFunctions.Intent;

namespace VoiceFunctions.Tests.Intent;

public sealed class VoiceIntentClassifierTests
{
    private readonly VoiceIntentClassifier _classifier = new();

    [Fact]
    public void Classify_SameRequestTwice_GivesTheSameVerdict()
    {
        var request = Request("I'm driving, answer by voice: what's the code for the door?");

        Assert.Equivalent(_classifier.Classify(request), new VoiceIntentClassifier().Classify(request), strict: true);
    }

    [Theory]
    [InlineData("Don't answer with voice")]
    [InlineData("don’t send me voice messages")]
    [InlineData("DO NOT USE VOICE")]
    [InlineData("не отвечай голосом")]
    [InlineData("без голосовых, пожалуйста")]
    [InlineData("ответь голосом. хотя нет, ответь текстом")]
    public void Classify_Refusal_IsNoneWithHighConfidenceAndItsReason(string message)
    {
        var verdict = _classifier.Classify(Request(message));

        Assert.Equal(VoiceIntentKind.None, verdict.Kind);
        Assert.False(verdict.RespondWithVoice);
        Assert.InRange(verdict.Confidence, 0.9, 1);
        Assert.Contains(verdict.Reasons, reason => reason.StartsWith("asks not to", StringComparison.Ordinal) || reason.Contains("text", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not text, voice please", VoiceIntentKind.Explicit)]
    [InlineData("not voice, text please", VoiceIntentKind.None)]
    [InlineData("не текстом, а голосом", VoiceIntentKind.Explicit)]
    [InlineData("не голосом, а текстом", VoiceIntentKind.None)]
    public void Classify_ContrastInOneSentence_TakesTheWantedSide(string message, VoiceIntentKind expected) =>
        Assert.Equal(expected, _classifier.Classify(Request(message)).Kind);

    [Theory]
    [InlineData("what does \"answer by voice\" mean")]
    [InlineData("how do I say 'read it aloud' in German?")]
    [InlineData("что значит «ответь голосом»")]
    [InlineData("переведи „прочитай вслух“ на немецкий")]
    [InlineData("translate: answer me by voice please")]
    public void Classify_RequestInsideMaterial_IsNotARequest(string message) =>
        Assert.Equal(VoiceIntentKind.None, _classifier.Classify(Request(message)).Kind);

    [Fact]
    public void Classify_QuotationToBeReadAloud_IsStillARequest() =>
        Assert.Equal(VoiceIntentKind.Explicit, _classifier.Classify(Request("Say \"text only, no voice\" out loud")).Kind);

    [Theory]
    [InlineData("ОТВЕТЬ ГОЛОСОМ!!!")]
    [InlineData("ответь голосооооом")]
    [InlineData("🙏🙏 Answer by voice 🙏")]
    [InlineData("я за рулем, ответь голосом")]
    public void Classify_CaseStretchingAndEmoji_DoNotMatter(string message) =>
        Assert.Equal(VoiceIntentKind.Explicit, _classifier.Classify(Request(message)).Kind);

    [Fact]
    public void Classify_DecomposedLetters_ReadAsTheirComposedForm() =>
        Assert.Equal(VoiceIntentKind.Implicit, _classifier.Classify(Request("я за руле\u0308м, прочитаи\u0306 сам")).Kind);

    [Fact]
    public void Classify_AgreeingRules_RaiseConfidenceButNeverToCertainty()
    {
        var one = _classifier.Classify(Request("I'm driving, where is the exit?"));
        var two = _classifier.Classify(Request("I'm driving and my hands are busy, where is the exit?"));

        Assert.True(two.Confidence > one.Confidence);
        Assert.True(two.Confidence < 1);
        Assert.Equal(2, two.Reasons.Count);
    }

    [Fact]
    public void Classify_Match_IsQuotedInTheReason() =>
        Assert.Contains("the user is on the move: \"I'm driving\"", _classifier.Classify(Request("I'm driving, where is the exit?")).Reasons);

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData("?!…")]
    [InlineData("👍")]
    public void Classify_MessageWithoutWords_IsNone(string message)
    {
        var verdict = _classifier.Classify(Request(message));

        Assert.Equal(VoiceIntentKind.None, verdict.Kind);
        Assert.Equal(["the message has no words"], verdict.Reasons);
    }

    [Fact]
    public void Classify_RequestBeyondTheAnalysedPart_IsNotSeen()
    {
        var filler = string.Concat(Enumerable.Repeat("tomorrow ", Tokenizer.MaxLength / 9 + 1));

        Assert.Equal(VoiceIntentKind.None, _classifier.Classify(Request(filler + ". answer by voice")).Kind);
        Assert.Equal(VoiceIntentKind.Explicit, _classifier.Classify(Request("answer by voice. " + filler)).Kind);
    }

    [Theory]
    [InlineData("what is the dress code? answer by voice")]
    [InlineData("explain by voice what json is")]
    [InlineData("ответь голосом, какой код от домофона")]
    public void Classify_ArtefactThatCanBeSaid_StaysExplicit(string message) =>
        Assert.Equal(VoiceIntentKind.Explicit, _classifier.Classify(Request(message)).Kind);

    [Theory]
    [InlineData(VoiceIntentKind.None, "\"none\"")]
    [InlineData(VoiceIntentKind.Explicit, "\"explicit\"")]
    [InlineData(VoiceIntentKind.Implicit, "\"implicit\"")]
    [InlineData(VoiceIntentKind.Continuation, "\"continuation\"")]
    [InlineData(VoiceIntentKind.Unsuitable, "\"unsuitable\"")]
    public void Kind_InJson_HasTheNameOfTheContract(VoiceIntentKind kind, string json) => Assert.Equal(json, JsonSerializer.Serialize(kind));

    private static VoiceIntentRequest Request(string message) => new() { Message = message };
}
