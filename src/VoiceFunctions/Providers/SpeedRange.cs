namespace VoiceFunctions.Providers;

/// <summary>The speeds that a model speaks at, in times the normal speed.</summary>
public sealed record SpeedRange(double Min, double Max);
