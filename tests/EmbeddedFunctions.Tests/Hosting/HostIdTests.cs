using EmbeddedFunctions.Hosting;
using Microsoft.Extensions.Configuration;

namespace EmbeddedFunctions.Tests.Hosting;

public sealed class HostIdTests
{
    [Theory]
    [InlineData("VoiceFunctions", "voicefunctions")]
    [InlineData("My.App_2", "my-app-2")]
    [InlineData("_An.Application.Whose.Name.Is.-Longer-Than-Allowed", "an-application-whose-name-is-lon")]
    public void Of_NoSetting_IsTheNameOfTheApp(string application, string id) => Assert.Equal(id, HostId.Of(Settings(null), application));

    [Fact]
    public void Of_Setting_Wins() => Assert.Equal("host-1", HostId.Of(Settings("host-1"), "VoiceFunctions"));

    [Theory]
    [InlineData("Host")]
    [InlineData("-host")]
    [InlineData("host--1")]
    [InlineData("a-name-that-has-more-than-32-chars")]
    public void Of_SettingThatIsNoId_IsRefused(string id) => Assert.Throws<InvalidOperationException>(() => HostId.Of(Settings(id), "VoiceFunctions"));

    private static IConfigurationRoot Settings(string? id) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("AzureFunctionsWebHost:hostid", id)]).Build();
}
