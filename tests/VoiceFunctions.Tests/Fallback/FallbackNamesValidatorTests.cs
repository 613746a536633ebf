using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using VoiceFunctions.Fallback;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Fallback;

public class FallbackNamesValidatorTests
{
    [Theory]
    [InlineData("VoiceProfiles:host:Voices:offline:Voice", "rms", null)]
    [InlineData("VoiceProfiles:host:Gender", "robot", "VoiceProfiles:host:Gender")]
    [InlineData("VoiceProfiles:host:Voices:ofline:Voice", "rms", "'ofline'")]
    [InlineData("VoiceProfiles:host:Voices:offline:Model", "flite", "VoiceProfiles:host:Voices:offline:Voice")]
    [InlineData("VoiceProfiles:narrator:Voices:offline:Speed", "9", "VoiceProfiles:narrator:Voices:offline:Speed")]
    public void Validate_Profile_IsHeldAgainstWhatThereIs(string key, string value, string? named)
    {
        var result = Validate(new FallbackOptions(), (key, value), ("VoiceProfiles:narrator:Voices:offline:Voice", "rms"));

        Assert.Equal(named is null, result.Succeeded);
        Assert.Contains(named ?? string.Empty, result.FailureMessage ?? string.Empty, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VoiceProfiles:host:Voices:offline:Speed", "fast")]
    [InlineData("VoiceProfiles:host:Gendre", "male")]
    public void Validate_ProfileThatDoesNotBind_IsNotPassedOver(string key, string value) =>
        Assert.Throws<InvalidOperationException>(() => Validate(new FallbackOptions(), (key, value)));

    [Theory]
    [InlineData("Offline", true)]
    [InlineData("ofline", false)]
    public void Validate_Order_NamesProvidersThatAreKnown(string name, bool known)
    {
        var options = new FallbackOptions();
        options.Order.Add(name);

        Assert.Equal(known, Validate(options).Succeeded);
    }

    private static ValidateOptionsResult Validate(FallbackOptions options, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var catalog = new ProviderCatalog([new("openai"), new("azure"), new("offline")]);
        return new FallbackNamesValidator(catalog, new VoiceProfiles(configuration)).Validate(null, options);
    }
}
