using VoiceFunctions.Intent;

namespace VoiceFunctions.Tests.Intent;

public sealed class VoiceIntentConversationTests
{
    private readonly VoiceIntentClassifier _classifier = new();

    [Fact]
    public void Classify_FollowUpAfterSpokenAnswer_Continues() =>
        Assert.Equal(VoiceIntentKind.Continuation, Kind("and then?", Assistant("Once upon a time", voice: true)));

    [Fact]
    public void Classify_FollowUpAfterWrittenAnswer_IsNone() =>
        Assert.Equal(VoiceIntentKind.None, Kind("and then?", Assistant("Once upon a time", voice: false)));

    [Fact]
    public void Classify_NewSubjectAfterSpokenAnswer_IsNone() =>
        Assert.Equal(VoiceIntentKind.None, Kind("Explain how a diesel engine works", Assistant("Good night", voice: true)));

    [Fact]
    public void Classify_AnythingAfterStandingRequest_Continues() =>
        Assert.Equal(VoiceIntentKind.Continuation, Kind("Who wrote Hamlet?", User("from now on answer by voice"), Assistant("All right")));

    [Fact]
    public void Classify_RequestForOneAnswer_DoesNotStand() =>
        Assert.Equal(VoiceIntentKind.None, Kind("Who wrote Hamlet?", User("answer by voice: what is a fjord"), Assistant("A long inlet", voice: true)));

    [Fact]
    public void Classify_OptOutSinceStandingRequest_IsNone() =>
        Assert.Equal(VoiceIntentKind.None, Kind("дальше", User("всегда отвечай голосом"), User("не надо голосом"), Assistant("Хорошо", voice: true)));

    [Fact]
    public void Classify_RequestAfterOptOut_TakesItBack() =>
        Assert.Equal(VoiceIntentKind.Continuation, Kind("дальше", User("не надо голосом"), User("ответь голосом"), Assistant("Жил-был царь", voice: true)));

    [Fact]
    public void Classify_HindranceAfterOptOut_IsImplicit() =>
        Assert.Equal(VoiceIntentKind.Implicit, Kind("я за рулём, куда дальше?", User("без голосовых"), Assistant("Хорошо")));

    [Fact]
    public void Classify_BedtimeStoryAfterOptOut_IsNone() =>
        Assert.Equal(VoiceIntentKind.None, Kind("tell me a bedtime story", User("text only please"), Assistant("Sure")));

    [Fact]
    public void Classify_UnansweredVoiceMessage_IsImplicit() =>
        Assert.Equal(VoiceIntentKind.Implicit, Kind("where are you", User("where are you", voice: true)));

    [Fact]
    public void Classify_AnsweredVoiceMessage_SaysNothingAboutTheNext() =>
        Assert.Equal(VoiceIntentKind.None, Kind("what time do you open", User("where are you", voice: true), Assistant("In Leeds")));

    [Fact]
    public void Classify_StandingRequestForWhatCannotBeSpoken_IsUnsuitable() =>
        Assert.Equal(VoiceIntentKind.Unsuitable, Kind("send me the csv", User("always answer by voice"), Assistant("OK", voice: true)));

    [Fact]
    public void Classify_RequestOlderThanTheAnalysedTurns_IsForgotten()
    {
        VoiceIntentTurn[] later = [.. Enumerable.Range(0, 20).Select(_ => Assistant("Noted"))];

        Assert.Equal(VoiceIntentKind.None, Kind("Who wrote Hamlet?", [User("always answer by voice"), .. later]));
        Assert.Equal(VoiceIntentKind.Continuation, Kind("Who wrote Hamlet?", [User("always answer by voice"), .. later[1..]]));
    }

    [Theory]
    [InlineData("phone", "when do you open", VoiceIntentKind.Implicit)]
    [InlineData("Google Home", "when do you open", VoiceIntentKind.Implicit)]
    [InlineData("google_home", "when do you open", VoiceIntentKind.Implicit)]
    [InlineData("phone", "text me the address", VoiceIntentKind.None)]
    [InlineData("phone", "send me the link to the form", VoiceIntentKind.Unsuitable)]
    [InlineData("email", "I'm driving, when do you open", VoiceIntentKind.None)]
    [InlineData("email", "answer by voice please", VoiceIntentKind.Explicit)]
    [InlineData("sms", "answer by voice please", VoiceIntentKind.Unsuitable)]
    [InlineData("vscode", "I'm driving, when do you open", VoiceIntentKind.None)]
    [InlineData("telegram", "when do you open", VoiceIntentKind.None)]
    [InlineData("a platform nobody knows", "when do you open", VoiceIntentKind.None)]
    public void Classify_Platform_SetsWhatIsExpected(string platform, string message, VoiceIntentKind expected) =>
        Assert.Equal(expected, _classifier.Classify(new VoiceIntentRequest { Message = message, Platform = platform }).Kind);

    private VoiceIntentKind Kind(string message, params VoiceIntentTurn[] history) =>
        _classifier.Classify(new VoiceIntentRequest { Message = message, History = history }).Kind;

    private static VoiceIntentTurn User(string content, bool? voice = null) =>
        new() { Role = VoiceIntentRole.User, Content = content, Voice = voice };

    private static VoiceIntentTurn Assistant(string content, bool? voice = null) =>
        new() { Role = VoiceIntentRole.Assistant, Content = content, Voice = voice };
}
