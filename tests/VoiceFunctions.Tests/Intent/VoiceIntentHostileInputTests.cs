using CsCheck;
using VoiceFunctions.Intent;

namespace VoiceFunctions.Tests.Intent;

public sealed class VoiceIntentHostileInputTests
{
    private const int Megabyte = 1 << 20;

    private static readonly string[] Fragments =
    [
        "answer", "by", "voice", "not", "text", "read", "aloud", "ответь", "голосом", "не", "за рулём",
        "«", "»", "\"", "'", "``", "```", "{\"", "}", "\\frac",
        "https://", ":", ",", ".", "\n", " ", "🙂", "\u0301", "\u200d", "\ud83d", "json", "and then", "ещё",
    ];

    private readonly VoiceIntentClassifier _classifier = new();

    [Theory]
    [InlineData("a")]
    [InlineData("я")]
    [InlineData(",")]
    [InlineData("\"")]
    [InlineData("«")]
    [InlineData(" '")]
    [InlineData("{\"")]
    [InlineData("```")]
    [InlineData("\ud83d")]
    [InlineData("\u0308")]
    [InlineData("say,")]
    [InlineData("please ")]
    [InlineData("not say voice text ")]
    [InlineData("ответь не голосом ")]
    [InlineData("json ")]
    public void Classify_MegabyteOfOneFragment_FinishesWithAValidVerdict(string fragment)
    {
        var message = string.Concat(Enumerable.Repeat(fragment, Megabyte / fragment.Length));
        var turn = new VoiceIntentTurn { Role = VoiceIntentRole.User, Content = message };

        AssertValid(_classifier.Classify(new VoiceIntentRequest { Message = message, Platform = message, History = [turn, turn] }));
    }

    [Fact]
    public void Classify_AnyText_GivesAValidVerdict() =>
        Gen.Select(Gen.String, Gen.String, Gen.Bool).Sample((message, platform, voice) => AssertValid(_classifier.Classify(new VoiceIntentRequest
        {
            Message = message,
            Platform = platform,
            History = [new VoiceIntentTurn { Role = VoiceIntentRole.Assistant, Content = message, Voice = voice }],
        })));

    [Fact]
    public void Classify_AnyMixtureOfWhatTheRulesLookFor_GivesAValidVerdict() =>
        Gen.Int[0, Fragments.Length - 1].Select(at => Fragments[at]).Array[0, 60].Select(parts => string.Concat(parts)).Sample(message =>
        {
            var turn = new VoiceIntentTurn { Role = VoiceIntentRole.User, Content = message };
            AssertValid(_classifier.Classify(new VoiceIntentRequest { Message = message, History = [turn] }));
        });

    [Fact]
    public void Tokenize_AnyText_GivesOrderedTokensInsideTheText() => Gen.String.Sample(text =>
    {
        var end = 0;
        foreach (var token in Tokenizer.Tokenize(text))
        {
            Assert.True(token.Start >= end && token.End > token.Start && token.End <= text.Length);
            end = token.End;
        }
    });

    private static void AssertValid(VoiceIntent verdict)
    {
        Assert.InRange(verdict.Confidence, 0, 1);
        Assert.NotEmpty(verdict.Reasons);
        Assert.All(verdict.Reasons, reason => Assert.InRange(reason.Length, 1, 250));
        Assert.Equal(verdict.RespondWithVoice, verdict.Kind is VoiceIntentKind.Explicit or VoiceIntentKind.Implicit or VoiceIntentKind.Continuation);
    }
}
