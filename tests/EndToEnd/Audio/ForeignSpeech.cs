using VoiceFunctions.EndToEnd.Hosting;

namespace VoiceFunctions.EndToEnd.Audio;

/// <summary>Speech that offline recognition, which knows English, cannot make out.</summary>
internal static class ForeignSpeech
{
    private const int SampleRate = 16_000;

    /// <summary>Longer than a piece of a recording holds.</summary>
    private const double Silence = 15;

    /// <summary>A sentence in Russian, from one end to the other.</summary>
    public static Task<byte[]> SpeakAsync(HttpClient client) => client.SpeakWavAsync("Сегодня утром мы поехали на дачу, потому что погода была очень хорошая.", "offline:ru");

    /// <summary>The same between two of an English sentence, after and before a long silence, and where it begins and ends, in seconds.</summary>
    public static async Task<(byte[] Wav, double Start, double End)> SpeakAmongEnglishAsync(HttpClient client)
    {
        var english = await SamplesAsync(await Recording.Kennedy.ReadWavAsync());
        var russian = await SamplesAsync(await SpeakAsync(client));
        var silence = new byte[(int)(Silence * SampleRate) * sizeof(short)];
        var start = Seconds(english) + Silence;
        return (WavFile.Wrap([.. english, .. silence, .. russian, .. silence, .. english], SampleRate), start, start + Seconds(russian));
    }

    private static Task<byte[]> SamplesAsync(byte[] wav) => Converter.ConvertAsync(wav, "raw", "-f", "s16le", "-ar", $"{SampleRate}", "-ac", "1");

    private static double Seconds(byte[] samples) => (double)samples.Length / sizeof(short) / SampleRate;
}
