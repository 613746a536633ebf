namespace VoiceFunctions.Fallback;

/// <summary>Why a provider is not in a plan. Ordered by how near it came to being in it, so that the largest of a plan's rejections is the one worth telling.</summary>
internal enum Rejection
{
    Model,
    Voice,
    Diarization,
    Language,
    LanguageUnsaid,
    Timings,
    Ssml,
    Speed,
    Format,
    Length,
}
