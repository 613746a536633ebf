namespace VoiceFunctions.Security.Keys;

/// <summary>What a look-up has found.</summary>
/// <param name="ReadAt">A timestamp: when it began.</param>
/// <param name="Key"><see langword="null"/> when there is no such key.</param>
internal sealed record KeyReading(long ReadAt, AccessKey? Key);
