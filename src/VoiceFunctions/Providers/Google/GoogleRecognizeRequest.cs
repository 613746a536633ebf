namespace VoiceFunctions.Providers.Google;

/// <summary>https://cloud.google.com/speech-to-text/docs/reference/rest/v1/speech/recognize</summary>
internal sealed record GoogleRecognizeRequest(GoogleRecognizeRequest.RecognitionConfig Config, GoogleRecognizeRequest.RecognitionAudio Audio)
{
    internal sealed record RecognitionConfig(string Encoding, int? SampleRateHertz, string LanguageCode, string Model)
    {
        public bool EnableAutomaticPunctuation { get; init; } = true;

        public bool? EnableWordTimeOffsets { get; init; }

        public SpeakerDiarization? DiarizationConfig { get; init; }

        public IReadOnlyList<SpeechContext>? SpeechContexts { get; init; }
    }

    internal sealed record SpeakerDiarization(bool EnableSpeakerDiarization);

    internal sealed record SpeechContext(IReadOnlyList<string> Phrases);

    internal sealed record RecognitionAudio(ReadOnlyMemory<byte> Content);
}
