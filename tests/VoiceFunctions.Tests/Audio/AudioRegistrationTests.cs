using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Tests.Audio;

public sealed class AudioRegistrationTests
{
    [Theory]
    [InlineData("FfmpegPath", "")]
    [InlineData("DecodeTimeout", "00:00:00")]
    [InlineData("EncodeTimeout", "02:00:00")]
    [InlineData("ProbeTimeout", "00:02:00")]
    [InlineData("MaxDecodedDuration", "3.00:00:00")]
    public async Task AddAudio_SettingOutOfRange_IsRefused(string key, string value)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => AudioLab.StartAsync((key, value)));

        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TempFiles_LeftByAKilledApp_GoWhileThoseOfALivingOneStay()
    {
        await using var living = await AudioLab.StartAsync();
        using var file = living.Get<TempFiles>().Create();
        var abandoned = Directory.CreateDirectory(Path.Combine(living.TempFolder, "voicefunctions-audio-dead"));
        await File.WriteAllTextAsync(Path.Combine(abandoned.FullName, "lock"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(abandoned.FullName, "rest"), "audio", TestContext.Current.CancellationToken);

        using var next = new TempFiles(Options.Create(new AudioOptions { TempFolder = living.TempFolder }));
        using var other = next.Create();

        Assert.False(Directory.Exists(abandoned.FullName));
        Assert.True(File.Exists(file.Path));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(other.Path)!));
    }

    [Fact]
    public async Task TempFiles_Disposed_LeaveNoFolder()
    {
        var lab = await AudioLab.StartAsync();
        var folder = Path.GetDirectoryName(lab.Get<TempFiles>().Create().Path)!;

        await lab.DisposeAsync();

        Assert.False(Directory.Exists(folder));
    }
}
