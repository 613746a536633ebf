namespace VoiceFunctions.Usage;

/// <summary>What a report can be divided by.</summary>
internal enum UsageDimension
{
    Day,
    Hour,
    Minute,
    Operation,
    Provider,
    Model,
    Key,
    Cache,
    Outcome,
}
