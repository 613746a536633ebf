using System.Runtime.InteropServices;

namespace VoiceFunctions.Load.Driving;

/// <summary>Seconds.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Latencies(double Mean, double P50, double P95, double P99, double Max);
