namespace VoiceFunctions.Intent;

/// <summary>What a platform can carry and what its users expect there.</summary>
internal enum Channel
{
    /// <summary>A chat or an unknown platform: the message decides.</summary>
    Chat,

    /// <summary>A call, a smart speaker, a car: an answer is spoken unless refused.</summary>
    Spoken,

    /// <summary>Mail, issue trackers: read at leisure, so that only a plain request counts.</summary>
    Written,

    /// <summary>SMS, editors, terminals: no sound can be delivered.</summary>
    Soundless,
}
