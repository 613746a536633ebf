namespace VoiceFunctions.Audio.Stitching;

/// <summary>The audio of one chunk: a WAV file, 16-bit mono at the rate of the whole.</summary>
/// <param name="OpenAsync">Opens it at its beginning; called up to twice, the second time when the first stream is closed. Throws when it is not there.</param>
internal sealed record ChunkAudio(Func<CancellationToken, Task<Stream>> OpenAsync);
