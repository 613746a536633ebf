namespace VoiceFunctions.Providers.Google;

/// <summary>https://cloud.google.com/speech-to-text/docs/reference/rest/v1/RecognizeResponse; times are google.protobuf.Duration.</summary>
internal sealed record GoogleRecognizeResponse(IReadOnlyList<GoogleRecognizeResponse.Result>? Results, string? TotalBilledTime)
{
    internal sealed record Result(IReadOnlyList<Alternative>? Alternatives, string? ResultEndTime, string? LanguageCode);

    /// <summary>A confidence of 0 stands for none.</summary>
    internal sealed record Alternative(string? Transcript, double Confidence, IReadOnlyList<WordInfo>? Words);

    internal sealed record WordInfo(string? Word, string? StartTime, string? EndTime, string? SpeakerLabel, int? SpeakerTag)
    {
        public string? Speaker => SpeakerLabel is { Length: > 0 } ? SpeakerLabel : SpeakerTag is > 0 ? SpeakerTag.ToString() : null;
    }
}
