namespace VoiceFunctions.Providers.OpenAI;

/// <summary>The body of a synthesis. What is <see langword="null"/> is left out.</summary>
internal sealed record OpenAISpeechRequest(string Model, string Input, string Voice, string ResponseFormat, float? Speed, string? Instructions);
