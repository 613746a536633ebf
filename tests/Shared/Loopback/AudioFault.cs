namespace VoiceFunctions.Testing.Loopback;

/// <summary>What is wrong with the audio of an answer that claims success.</summary>
public enum AudioFault
{
    None,

    /// <summary>The second half is missing; the length of the body says nothing of it.</summary>
    Truncated,

    /// <summary>As long as it should be, and not a sound in it.</summary>
    Silent,

    /// <summary>WAV where another format was asked for, MP3 where WAV was.</summary>
    WrongFormat,
}
