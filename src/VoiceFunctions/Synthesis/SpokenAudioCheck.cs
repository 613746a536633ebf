using System.Globalization;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Synthesis;

/// <summary>Whether audio can be the text spoken aloud. What cannot be is a failure of the provider that sent it, and is never passed on or kept.</summary>
internal static class SpokenAudioCheck
{
    /// <summary>
    /// Letters a second that no voice reaches at normal speed: fast conversational English is about 20, the fastest of the offline voices under 25.
    /// </summary>
    private const double FastestLettersPerSecond = 40;

    /// <summary>Shorter texts say too little about how long they take.</summary>
    private const int FewestLetters = 20;

    /// <exception cref="ProviderException">There is nothing to be heard.</exception>
    public static void Audible(string provider, MeasuredAudio audio)
    {
        if (audio.Samples == 0)
        {
            throw new ProviderException(provider, ProviderFailureKind.BadResult, "The audio is empty.");
        }

        if (audio.Levels.IsSilent)
        {
            throw new ProviderException(provider, ProviderFailureKind.BadResult, "The audio is silent.");
        }
    }

    /// <exception cref="ProviderException">The text cannot have been spoken in that time.</exception>
    public static void Duration(string provider, string text, bool ssml, float speed, TimeSpan duration)
    {
        var letters = SpokenText.Of(text, ssml).Count(char.IsLetter);
        if (letters >= FewestLetters && duration.TotalSeconds < letters / (FastestLettersPerSecond * Math.Max(1, speed)))
        {
            throw new ProviderException(
                provider,
                ProviderFailureKind.BadResult,
                string.Create(CultureInfo.InvariantCulture, $"The audio is cut off: {duration.TotalSeconds:0.##} seconds cannot hold {letters} letters."));
        }
    }
}
