namespace VoiceFunctions.Providers.Yandex;

/// <summary>An empty result is silence.</summary>
internal sealed record YandexRecognition(string? Result);
