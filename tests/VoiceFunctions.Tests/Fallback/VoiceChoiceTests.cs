using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Fallback;

public sealed class VoiceChoiceTests
{
    private static readonly SynthesisModel Model = TestCatalog.Model(
        "m", TestCatalog.Voice("Anna", "female", "en"), TestCatalog.Voice("Boris", "male", "ru"), TestCatalog.Voice("Carl", "male", "en"), TestCatalog.Voice("Dora", "female", "ru"));

    private static readonly SpeechProvider Provider = TestCatalog.Speaker("a", Model);

    [Fact]
    public void Parse_Nothing_IsTheDefaultProfile()
    {
        Assert.Equal("default", Parse(null).Profile!.Name);
        Assert.Null(Parse(null).Provider);
    }

    [Theory]
    [InlineData("a:Anna", "Anna")]
    [InlineData("A:anna", "anna")]
    [InlineData("a:x:y", "x:y")]
    public void Parse_ProviderAndVoice_NamesBoth(string voice, string id)
    {
        var choice = Parse(voice);

        Assert.Equal(("a", id), (choice.Provider, choice.VoiceId));
        Assert.Null(choice.Profile);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("nobody:Anna")]
    [InlineData("a:")]
    [InlineData(":Anna")]
    [InlineData(":")]
    [InlineData(" a:Anna")]
    [InlineData("a")]
    public void Parse_Neither_NamesTheField(string voice) =>
        Assert.Equal(["voice"], Assert.Throws<ProblemException>(() => Parse(voice)).Errors!.Keys);

    [Fact]
    public void Parse_VoiceOfAProviderThatIsNotConfigured_NamesTheFieldAndTellsWhy()
    {
        var problem = Assert.Throws<ProblemException>(() => Parse("b:x"));

        Assert.Equal(["voice"], problem.Errors!.Keys);
        Assert.Contains("No key.", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Anna")]
    [InlineData("en", "Anna")]
    [InlineData("en-GB", "Anna")]
    [InlineData("ru", "Dora")]
    [InlineData("de", null)]
    public void Pick_DefaultProfile_IsOfTheLanguageAndTheGender(string? language, string? voice) =>
        Assert.Equal(voice, Parse(null).Pick(Provider, Model, language)?.Id);

    [Theory]
    [InlineData("en", "Carl")]
    [InlineData("ru", "Boris")]
    public void Pick_NarratorProfile_IsMale(string language, string voice) => Assert.Equal(voice, Parse("narrator").Pick(Provider, Model, language)!.Id);

    [Theory]
    [InlineData("en", "Carl")]
    [InlineData("ru", "Dora")]
    public void Pick_NamedVoiceThatLacksTheLanguage_GivesWayToOneOfTheGender(string language, string voice)
    {
        var choice = Parse("guide", ("guide:Gender", "Female"), ("guide:Voices:a:Voice", "carl"));

        Assert.Equal(voice, choice.Pick(Provider, Model, language)!.Id);
    }

    [Fact]
    public void Pick_NoVoiceOfTheGender_IsAnotherOfTheLanguage()
    {
        var choice = Parse("guide", ("guide:Gender", "neuter"));

        Assert.Equal("Boris", choice.Pick(Provider, Model, "ru")!.Id);
    }

    [Theory]
    [InlineData("a:ANNA", "Anna")]
    [InlineData("a:nobody", null)]
    public void Pick_NamedVoice_IsItOrNobody(string voice, string? id) => Assert.Equal(id, Parse(voice).Pick(Provider, Model, language: null)?.Id);

    [Fact]
    public void EntryFor_AnotherModel_HasNone()
    {
        var choice = Parse("guide", ("guide:Voices:a:Voice", "Anna"), ("guide:Voices:a:Model", "other"));

        Assert.Null(choice.EntryFor(Provider, Model));
        Assert.NotNull(choice.EntryFor(Provider, TestCatalog.Model("other")));
    }

    private static VoiceChoice Parse(string? voice, params (string, string)[] settings) => VoiceChoice.Parse(
        voice, TestCatalog.Profiles(settings), TestCatalog.Of(Provider, TestCatalog.Speaker("b") with { Unconfigured = "No key." }));
}
