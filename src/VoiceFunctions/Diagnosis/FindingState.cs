namespace VoiceFunctions.Diagnosis;

internal enum FindingState
{
    Ok,

    /// <summary>The app runs, with less than it could do.</summary>
    Note,

    /// <summary>The app does not run, or not as it is meant to.</summary>
    Problem,
}
