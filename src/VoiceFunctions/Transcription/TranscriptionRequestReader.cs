using Microsoft.AspNetCore.Http;
using VoiceFunctions.Audio;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Transcription;

/// <summary>Takes a short recording and its parameters out of a request. The recording goes to disk as it arrives.</summary>
internal sealed class TranscriptionRequestReader(AudioInspector inspector)
{
    /// <summary>Bytes of audio on the short route: 25 MB, OpenAI's limit too.</summary>
    public const long MaxAudio = 25 * 1024 * 1024;

    /// <summary>Bytes of a request: the audio, and what a form puts around it.</summary>
    public const long MaxBody = MaxAudio + (1024 * 1024);

    /// <summary>The caller owns the recording.</summary>
    /// <exception cref="ProblemException">A parameter is wrong, the body is empty or too large.</exception>
    /// <exception cref="AudioException">The body is not audio.</exception>
    public Task<(TranscriptionRequest Request, InspectedAudio Recording)> ReadAsync(HttpRequest http, CancellationToken cancellationToken) =>
        AudioRequest.ReadAsync(http, TranscriptionParameters.Parse, InspectAsync, cancellationToken);

    private async Task<InspectedAudio> InspectAsync(Stream body, long? length, CancellationToken cancellationToken)
    {
        if (length > MaxAudio)
        {
            throw TooLarge();
        }

        try
        {
            return await inspector.InspectAsync(body, MaxAudio, cancellationToken);
        }
        catch (AudioTooLargeException)
        {
            throw TooLarge();
        }
        catch (AudioException exception) when (exception.Failure == AudioFailure.Empty)
        {
            throw new ProblemException(ProblemKind.InvalidRequest, "The body is empty. Send the audio.", exception);
        }
    }

    private static ProblemException TooLarge() => new(
        ProblemKind.PayloadTooLarge, $"A short call takes {MaxAudio / (1024 * 1024)} MB of audio. POST /api/stt/jobs takes more.");
}
