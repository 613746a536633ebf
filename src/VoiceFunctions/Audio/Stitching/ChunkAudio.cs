namespace VoiceFunctions.Audio.Stitching;

/// <summary>The audio of one chunk: a WAV file, 16-bit mono at the rate of the whole.</summary>
/// <param name="OpenAsync">Opens it at its beginning; called up to twice, one reader at a time. Throws when it is not there. The stitcher closes what it opened.</param>
internal sealed record ChunkAudio(Func<CancellationToken, Task<Stream>> OpenAsync);
