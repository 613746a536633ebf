using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using CliWrap;
using VoiceFunctions.Audio;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Speaks with espeak-ng (https://github.com/espeak-ng/espeak-ng), GPL-3: a program of its own, started once per call.</summary>
internal sealed class EspeakSynthesizer(string path)
{
    /// <summary>Words a minute at speed 1, and the least and the most that espeak-ng takes (its documentation of <c>-s</c>).</summary>
    private const int NormalPace = 175, MinPace = 80, MaxPace = 450;

    // An hour of speech: what goes beyond it is not an answer to 4,096 characters.
    private const int MaxBytes = 3600 * 22050 * sizeof(short);

    /// <summary>The speeds that the paces stand for, rounded inwards.</summary>
    public static readonly SpeedRange Speed = new(Math.Ceiling(100.0 * MinPace / NormalPace) / 100, Math.Floor(100.0 * MaxPace / NormalPace) / 100);

    /// <exception cref="ProviderException">espeak-ng does not start, or ended with an error.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the process and its children are killed.</exception>
    public async Task<SpokenAudio> SpeakAsync(string text, string voice, double speed, bool ssml, CancellationToken cancellationToken)
    {
        var pace = (int)Math.Round(NormalPace * speed);
        string[] arguments = ["-v", voice, "-s", pace.ToString(CultureInfo.InvariantCulture), "-b", "1", "--stdin", "--stdout"];
        var audio = new SpokenAudio();
        try
        {
            var result = await Cli.Wrap(path)
                .WithArguments(ssml ? [.. arguments, "-m"] : arguments)
                .WithEnvironmentVariables(ChildEnvironment.WithoutSettings())
                .WithStandardInputPipe(PipeSource.FromString(ssml ? text : Escape(text), new UTF8Encoding(false)))
                .WithStandardOutputPipe(PipeTarget.Create((stream, cancellation) => ReadAsync(stream, audio, cancellation)))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(cancellationToken);
            if (result.ExitCode == 0) return audio;
            throw new ProviderException(OfflineProvider.Name, ProviderFailureKind.Unavailable, $"espeak-ng ended with exit code {result.ExitCode}.");
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or InvalidOperationException)
        {
            throw new ProviderException(OfflineProvider.Name, ProviderFailureKind.Unavailable, "espeak-ng cannot be run.", exception);
        }
    }

    // The header of a stream names sizes that are not known yet, so it is skipped and the rest read to its end.
    private static async Task ReadAsync(Stream stream, SpokenAudio audio, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var header = await stream.ReadAtLeastAsync(buffer.AsMemory(0, Wav.HeaderBytes), Wav.HeaderBytes, throwOnEndOfStream: false, cancellationToken);
            if (header < Wav.HeaderBytes) return;
            audio.SampleRate = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(24));
            var total = 0;
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if ((total += read) > MaxBytes) throw new IOException("espeak-ng does not stop speaking.");
                audio.Append(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // [[…]] would be read as phonemes, and control characters as commands (docs/markup.md of espeak-ng).
    private static string Escape(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character == '[' && plain.Length > 0 && plain[^1] == '[') plain.Append(' ');
            plain.Append(char.IsControl(character) && character != '\n' ? ' ' : character);
        }

        return plain.ToString();
    }
}
