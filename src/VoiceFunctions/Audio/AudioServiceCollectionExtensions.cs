using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using VoiceFunctions.Audio.Stitching;

namespace VoiceFunctions.Audio;

public static class AudioServiceCollectionExtensions
{
    /// <summary>Reading, measuring, converting and writing audio; configured by section <c>Audio</c>.</summary>
    public static IServiceCollection AddAudio(this IServiceCollection services)
    {
        services.AddOptions<AudioOptions>().BindConfiguration(AudioOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AudioOptions>, AudioOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AudioCapabilities>();
        services.AddSingleton<TempFiles>();
        services.AddSingleton<FfmpegProgram>();
        services.AddSingleton<Ffmpeg>();
        services.AddSingleton<FfmpegPlaces>();
        services.AddSingleton<AudioSources>();
        services.AddSingleton<AudioStitcher>();
        services.AddHostedService<FfmpegProbe>();

        // Their constructors take internal types, which a public one could not.
        services.AddSingleton(provider => new AudioInspector(provider.GetRequiredService<TempFiles>(), provider.GetRequiredService<AudioSources>()));
        services.AddSingleton(provider => new AudioDecoder(provider.GetRequiredService<TempFiles>(), provider.GetRequiredService<AudioSources>()));
        services.AddSingleton(provider => new AudioEncoder(
            provider.GetRequiredService<Ffmpeg>(),
            provider.GetRequiredService<FfmpegPlaces>(),
            provider.GetRequiredService<TempFiles>(),
            provider.GetRequiredService<AudioCapabilities>(),
            provider.GetRequiredService<IOptions<AudioOptions>>()));
        return services;
    }
}
