namespace VoiceFunctions.Load;

/// <param name="Scenarios">Their names, in the order to run them in.</param>
/// <param name="Short">Seconds instead of minutes; claims about time and memory are printed and not held against the run.</param>
/// <param name="Soak">How long the soak takes.</param>
/// <param name="Report">The folder for the report.</param>
internal sealed record RunOptions(IReadOnlyList<string> Scenarios, bool Short, TimeSpan Soak, DirectoryInfo Report);
