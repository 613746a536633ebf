namespace VoiceFunctions.Providers.Google;

/// <summary>https://cloud.google.com/text-to-speech/docs/reference/rest/v1/text/synthesize</summary>
internal sealed record GoogleSynthesizeRequest(
    GoogleSynthesizeRequest.SynthesisInput Input, GoogleSynthesizeRequest.VoiceSelection Voice, GoogleSynthesizeRequest.Audio AudioConfig)
{
    internal sealed record SynthesisInput(string? Text, string? Ssml);

    internal sealed record VoiceSelection(string LanguageCode, string Name);

    internal sealed record Audio(string AudioEncoding, double? SpeakingRate, int SampleRateHertz);
}
