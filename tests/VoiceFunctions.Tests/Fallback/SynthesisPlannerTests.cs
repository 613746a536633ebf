using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Fallback;

public sealed class SynthesisPlannerTests
{
    private static readonly SynthesisModel English = TestCatalog.Model("small", TestCatalog.Voice("slt", "female", "en"), TestCatalog.Voice("rms", "male", "en"))
        with { Languages = ["en"], Speed = new(0.5, 2) };

    private static readonly SynthesisModel Many = TestCatalog.Model("large", TestCatalog.Voice("en-gb", "male", "en-GB"), TestCatalog.Voice("ru", "male", "ru"))
        with { Languages = ["en", "ru"], Ssml = true, Speed = new(0.25, 4) };

    [Theory]
    [InlineData("Hello.", "small", "slt", null)]
    [InlineData("Привет.", "large", "ru", "ru")]
    public void Plan_TextOnly_GoesToTheFirstModelThatCan(string text, string model, string voice, string? language)
    {
        var target = Assert.Single(Plan(text));

        Assert.Equal((model, voice, language), (target.Model.Id, target.Voice.Id, target.Language));
        Assert.Equal((AudioFormat.Mp3, null, 1f), (target.Format, target.SampleRate, target.Speed));
    }

    [Fact]
    public void Plan_ProfileNamesAVoiceOfALaterModel_GoesThere()
    {
        var profiles = TestCatalog.Profiles(("guide:Voices:a:Voice", "EN-GB"), ("guide:Voices:a:Speed", "0.8"));

        var target = Assert.Single(Plan("Hello.", new() { VoiceId = "guide" }, profiles: profiles));

        Assert.Equal(("large", "en-gb", 0.8f), (target.Model.Id, target.Voice.Id, target.Speed));
    }

    [Fact]
    public void Plan_ProfileNamesALaterModel_GoesThere()
    {
        var premium = English with { Id = "premium" };
        var profiles = TestCatalog.Profiles(("guide:Voices:a:Voice", "rms"), ("guide:Voices:a:Model", "premium"));

        var target = Assert.Single(Plan("Hello.", new() { VoiceId = "guide" }, profiles: profiles, models: [English, premium]));

        Assert.Equal(("premium", "rms"), (target.Model.Id, target.Voice.Id));
    }

    [Fact]
    public void Plan_ProfileVoiceLacksTheLanguage_GoesToTheModelThatHasIt()
    {
        var profiles = TestCatalog.Profiles(("guide:Voices:a:Voice", "slt"));

        Assert.Equal("ru", Assert.Single(Plan("Привет.", new() { VoiceId = "guide" }, profiles: profiles)).Voice.Id);
    }

    [Fact]
    public void Plan_ProfileWithALanguage_DoesNotAskTheScript()
    {
        var profiles = TestCatalog.Profiles(("guide:Language", "ru"));

        Assert.Equal("ru", Assert.Single(Plan("Hello.", new() { VoiceId = "guide" }, profiles: profiles)).Voice.Id);
        Assert.Equal("slt", Assert.Single(Plan("Hello.", new() { VoiceId = "guide", Language = "en" }, profiles: profiles)).Voice.Id);
    }

    [Fact]
    public void Plan_SpeedAsked_GoesBeforeTheProfiles()
    {
        var profiles = TestCatalog.Profiles(("guide:Voices:a:Voice", "slt"), ("guide:Voices:a:Speed", "0.8"));

        Assert.Equal(1.5f, Assert.Single(Plan("Hello.", new() { VoiceId = "guide", Speed = 1.5f }, profiles: profiles)).Speed);
    }

    [Theory]
    [InlineData("a:rms", "Hello.", null, "small")]
    [InlineData("A:RMS", "Hello.", "en-US", "small")]
    [InlineData("a:ru", "Привет.", null, "large")]
    public void Plan_NamedVoice_GoesToItsModel(string voice, string text, string? language, string model) =>
        Assert.Equal(model, Assert.Single(Plan(text, new() { VoiceId = voice, Language = language })).Model.Id);

    [Theory]
    [InlineData("nothing", null, null, 1, false, "invalid_request", "model")]
    [InlineData(null, "a:nobody", null, 1, false, "invalid_request", "voice")]
    [InlineData(null, "a:slt", "de", 1, false, "unsupported_language", null)]
    [InlineData(null, "a:slt", "ru", 1, false, "unsupported_language", null)]
    [InlineData(null, null, "de", 1, false, "unsupported_language", null)]
    [InlineData("small", null, "en", 1, true, "invalid_request", "ssml")]
    [InlineData("small", null, "en", 3, false, "invalid_request", "speed")]
    [InlineData("small", null, "en", 0.4f, false, "invalid_request", "speed")]
    [InlineData(null, "a:slt", "en", 3, false, "invalid_request", "speed")]
    public void Plan_NobodyCan_TellsWhatCameNearest(string? model, string? voice, string? language, float speed, bool ssml, string code, string? field)
    {
        var options = new TextToSpeechOptions { ModelId = model, VoiceId = voice, Language = language, Speed = speed };

        var problem = Assert.Throws<ProblemException>(() => Plan("Hello.", options, new SpeechCall { Ssml = ssml }));

        Assert.Equal(code, problem.Kind.Code);
        Assert.Equal(field is null ? null : [field], problem.Errors?.Keys);
    }

    [Fact]
    public void Plan_OneModelLacksTheLanguageTheOtherTheSpeed_BlamesTheSpeed()
    {
        var problem = Assert.Throws<ProblemException>(() => Plan("Hello.", new() { Language = "ru", Speed = 3 }, models: [English, Many with { Speed = new(1, 1) }]));

        Assert.Equal(["speed"], problem.Errors!.Keys);
    }

    [Fact]
    public void Plan_LatinTextAndNoEnglishVoice_SaysThatTheLanguageIsMissing()
    {
        var problem = Assert.Throws<ProblemException>(() => Plan("Hallo.", models: [Many with { Voices = [TestCatalog.Voice("ru", null, "ru")] }]));

        Assert.Equal(ProblemKind.UnsupportedLanguage, problem.Kind);
        Assert.DoesNotContain("''", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_FormatThatNeedsFfmpeg_IsRefusedUnlessTheProviderHasIt()
    {
        var problem = Assert.Throws<ProblemException>(() => Plan("Hello.", encoders: [AudioFormat.Wav]));
        Assert.Equal(ProblemKind.UnsupportedFormat, problem.Kind);

        Assert.Single(Plan("Hello.", models: [English with { Formats = [AudioFormat.Mp3] }], encoders: [AudioFormat.Wav]));
    }

    [Fact]
    public void Plan_TextOfTheLimit_FitsAndOneMoreIsTooLarge()
    {
        var model = English with { Limit = new ProviderLimit(8, BillingUnit.Bytes) };

        Assert.Single(Plan("ab🙂cd", models: [model]));
        Assert.Equal(ProblemKind.PayloadTooLarge, Assert.Throws<ProblemException>(() => Plan("abc🙂cd", models: [model])).Kind);
    }

    [Fact]
    public void Plan_TextWithinOneLimitOfTwo_IsTooLarge()
    {
        var model = English with { Limit = new ProviderLimit(100, BillingUnit.Tokens), RequestLimit = new ProviderLimit(6, BillingUnit.Characters) };

        Assert.Single(Plan("abcdef", models: [model]));
        Assert.Equal(ProblemKind.PayloadTooLarge, Assert.Throws<ProblemException>(() => Plan("abcdefg", models: [model])).Kind);
    }

    [Theory]
    [InlineData("a", "a:slt", "a")]
    [InlineData("b a", "a:slt", "a")]
    [InlineData("a b", null, "a b")]
    [InlineData("b a", null, "b a")]
    public void Plan_CallersOrder_IsKeptForNamedVoicesToo(string providers, string? voice, string expected)
    {
        var plan = PlanAtTwo(voice, new SpeechCall { Providers = providers.Split(' ') });

        Assert.Equal(expected, string.Join(' ', plan.Select(target => target.Provider.Name)));
    }

    [Theory]
    [InlineData("b")]
    [InlineData("b c")]
    public void Plan_NamedVoiceOfAProviderOutsideTheCallersOrder_GoesNowhere(string providers)
    {
        var problem = Assert.Throws<ProblemException>(() => PlanAtTwo("a:slt", new SpeechCall { Providers = providers.Split(' ') }));

        Assert.Equal(["voice"], problem.Errors!.Keys);
    }

    [Fact]
    public void Plan_PinnedToAnotherProviderThanTheVoices_GoesNowhere() =>
        Assert.Equal(["voice"], Assert.Throws<ProblemException>(() => PlanAtTwo("a:slt", new SpeechCall { Provider = "b" })).Errors!.Keys);

    [Fact]
    public void Plan_NobodyConfigured_IsToComeBack()
    {
        var catalog = TestCatalog.Of(TestCatalog.Speaker("a", English) with { Unconfigured = "No key." });

        var problem = Assert.Throws<ProblemException>(() => TestCatalog.Planner(catalog).Plan("Hello.", new() { AudioFormat = "mp3" }));

        Assert.Equal(ProblemKind.ProvidersUnavailable, problem.Kind);
        Assert.NotNull(problem.RetryAfter);
        Assert.Empty(problem.Attempts!);
    }

    private static IReadOnlyList<SynthesisTarget> PlanAtTwo(string? voice, SpeechCall call)
    {
        var catalog = TestCatalog.Of(TestCatalog.Speaker("a", English), TestCatalog.Speaker("b", Many), TestCatalog.Listener("c"));
        return TestCatalog.Planner(catalog).Plan("Hello.", new TextToSpeechOptions { VoiceId = voice, AudioFormat = "mp3" }.WithCall(call));
    }

    private static IReadOnlyList<SynthesisTarget> Plan(
        string text, TextToSpeechOptions? options = null, SpeechCall? call = null, VoiceProfiles? profiles = null, SynthesisModel[]? models = null, AudioFormat[]? encoders = null)
    {
        options ??= new TextToSpeechOptions();
        options.AudioFormat = "mp3";
        var catalog = TestCatalog.Of(TestCatalog.Speaker("a", models ?? [English, Many]));
        return TestCatalog.Planner(catalog, profiles, encoders ?? []).Plan(text, options.WithCall(call ?? new SpeechCall()));
    }
}
