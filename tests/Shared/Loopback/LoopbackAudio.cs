namespace VoiceFunctions.Testing.Loopback;

/// <summary>Makes the audio of a loopback server: <paramref name="format"/> is mp3, wav, opus, aac, flac or pcm. <paramref name="silent"/> asks for as much silence.</summary>
public delegate byte[] LoopbackAudio(string text, string format, int sampleRate, bool silent);
