namespace VoiceFunctions.Intent;

/// <summary>A place in the message that a phrase can insist on.</summary>
internal enum PhraseAnchor
{
    None,

    /// <summary>Where a request can begin: at the start of a clause, or after "please", "can you", "I want you to".</summary>
    RequestStart,

    MessageStart,
    ClauseEnd,
    MessageEnd,
}
