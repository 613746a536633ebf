namespace VoiceFunctions.Security;

/// <summary>What a key may be used for. The names, in lower case, are those of the contract.</summary>
[Flags]
internal enum AccessRights
{
    None = 0,

    /// <summary>Synthesis, and its estimate.</summary>
    Speak = 1,

    /// <summary>Recognition, and its estimate.</summary>
    Transcribe = 2,

    /// <summary>Uploads, long jobs and their results; a job needs the right of its kind too.</summary>
    Jobs = 4,

    /// <summary>The tenant's usage.</summary>
    Usage = 8,

    /// <summary>The state of the service itself.</summary>
    Admin = 16,

    All = Speak | Transcribe | Jobs | Usage | Admin,
}
