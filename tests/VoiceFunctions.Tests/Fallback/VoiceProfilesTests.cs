using VoiceFunctions.Fallback;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Fallback;

public sealed class VoiceProfilesTests
{
    [Theory]
    [InlineData("default")]
    [InlineData("narrator")]
    [InlineData("assistant")]
    [InlineData("alloy")]
    [InlineData("verse")]
    [InlineData("NARRATOR")]
    public void Find_BuiltIn_IsThereInAnyCase(string name) => Assert.NotNull(TestCatalog.Profiles().Find(name));

    [Fact]
    public void Find_Unknown_IsNull() => Assert.Null(TestCatalog.Profiles().Find("nobody"));

    [Fact]
    public void Find_OpenAIVoice_IsSpokenByThatVoiceThere() => Assert.Equal("onyx", TestCatalog.Profiles().Find("onyx")!.Voices["openai"].Voice);

    [Fact]
    public void Find_ReplacedByConfiguration_KeepsNothingOfTheBuiltIn()
    {
        var profiles = TestCatalog.Profiles(("Narrator:Gender", "female"), ("Narrator:Voices:Azure:Voice", "en-GB-SoniaNeural"), ("Narrator:Voices:Azure:Speed", "0.9"));

        var narrator = profiles.Find("narrator")!;
        Assert.Equal("female", narrator.Gender);
        Assert.Null(narrator.Style);
        Assert.Equal("en-GB-SoniaNeural", narrator.Voices["azure"].Voice);
        Assert.Equal(0.9f, narrator.Voices["azure"].Speed);
        Assert.False(narrator.Voices.ContainsKey("openai"));
        Assert.Single(profiles.All, profile => string.Equals(profile.Name, "narrator", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Find_AddedByConfiguration_IsThereBesideTheBuiltIn()
    {
        var profiles = TestCatalog.Profiles(("guide:Language", "de"), ("guide:Style", "Warm."), ("guide:Voices:a:Voice", "x"), ("guide:Voices:a:Model", "m"));

        var guide = profiles.Find("guide")!;
        Assert.Equal("de", guide.Language);
        Assert.Equal("Warm.", guide.Style);
        Assert.Equal(new VoiceProfileEntry { Voice = "x", Model = "m" }, guide.Voices["a"]);
        Assert.Equal(1, guide.Voices["a"].Speed);
        Assert.NotNull(profiles.Find("default"));
    }

    [Fact]
    public void All_Profiles_AreSortedByName() =>
        Assert.Equal(TestCatalog.Profiles().All.Select(profile => profile.Name).Order(StringComparer.Ordinal), TestCatalog.Profiles().All.Select(profile => profile.Name));
}
