using Microsoft.Extensions.AI;

namespace VoiceFunctions.Providers;

/// <summary>
/// A provider as the rest of the app knows it: a name, what it can do, and the adapters that do it. A provider that lacks its configuration or its
/// tools is listed with the reason and never tried.
/// </summary>
public sealed record SpeechProvider(string Name)
{
    /// <summary>Why the provider cannot be used, in words for whoever runs the app; <see langword="null"/> when it can.</summary>
    public string? Unconfigured { get; init; }

    /// <summary>What of its configuration changes what it makes, such as whose server answers under its name: results of one variant are never served for another.</summary>
    public string Variant { get; init; } = string.Empty;

    /// <summary>The provider's default model first.</summary>
    public IReadOnlyList<SynthesisModel> SynthesisModels { get; init; } = [];

    /// <summary>The provider's default model first.</summary>
    public IReadOnlyList<RecognitionModel> RecognitionModels { get; init; } = [];

    /// <summary>Calls that may be under way at one time.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>An unbilled call that shows that the provider answers with these credentials; <see langword="null"/> when it has none.</summary>
    public Func<CancellationToken, Task>? Probe { get; init; }

    public ITextToSpeechClient? TextToSpeech { get; init; }

    public ISpeechToTextClient? SpeechToText { get; init; }
}
