namespace VoiceFunctions.Intent;

/// <summary>What a phrase says about the wish for a spoken answer.</summary>
internal enum Signal
{
    /// <summary>Asks for a spoken answer.</summary>
    Ask,

    /// <summary>Asks for an answer that is not spoken.</summary>
    Refuse,

    /// <summary>
    /// Voice, driving and the like as a subject: takes the force from a weaker <see cref="Ask"/>, <see cref="Hindrance"/> or
    /// <see cref="Performance"/> that it overlaps.
    /// </summary>
    Subject,

    /// <summary>The user cannot read at the moment, or at all.</summary>
    Hindrance,

    /// <summary>Wants what is made to be heard: a bedtime story, a pronunciation, a song.</summary>
    Performance,

    /// <summary>Goes on with what was said before.</summary>
    FollowUp,

    /// <summary>Makes a request hold for the answers to come.</summary>
    Standing,

    /// <summary>Hands over material (to translate, to correct): what follows a colon is not the user's own wish.</summary>
    Material,

    /// <summary>Wants what cannot sensibly be spoken: code, tables, links.</summary>
    Unspeakable,

    /// <summary>Looks like <see cref="Unspeakable"/> but can be said: takes the force from a weaker one that it overlaps.</summary>
    Speakable,
}
