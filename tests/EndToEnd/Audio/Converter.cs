using System.Diagnostics;

namespace VoiceFunctions.EndToEnd.Audio;

/// <summary>ffmpeg as an independent judge: it makes the files that users have, and plays what the app made.</summary>
internal static class Converter
{
    /// <summary>Converts through files, because some containers are written by seeking back.</summary>
    public static async Task<byte[]> ConvertAsync(byte[] input, string extension, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("voice-convert-");
        try
        {
            var source = Path.Combine(folder.FullName, "in");
            var target = Path.Combine(folder.FullName, $"out.{extension}");
            await File.WriteAllBytesAsync(source, input);
            var start = new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-i", source, .. options, target]) { RedirectStandardError = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            var errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0 && errors.Length == 0, $"ffmpeg: {errors}");
            return await File.ReadAllBytesAsync(target);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Seconds of sound in a file of any kind, and its loudest sample as a share of full scale.</summary>
    public static async Task<(double Seconds, double Peak)> PlayAsync(byte[] file)
    {
        const int Rate = 16_000;
        var samples = WavFile.Samples(await ConvertAsync(file, "raw", "-f", "s16le", "-ar", $"{Rate}", "-ac", "1"));
        return ((double)samples.Length / Rate, samples.Max(sample => Math.Abs((int)sample)) / 32768d);
    }
}
