namespace VoiceFunctions.Load.Driving;

/// <param name="At">Since the sampling began.</param>
/// <param name="Memory">Resident bytes.</param>
/// <param name="Processor">Processor time since the process began.</param>
/// <param name="Handles">Open files and sockets.</param>
internal sealed record ProcessSample(TimeSpan At, long Memory, TimeSpan Processor, int Handles);
