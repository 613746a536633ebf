using System.Text;

namespace VoiceFunctions.EndToEnd.Terminal;

/// <summary>How the program ended.</summary>
/// <param name="ExitCode">For scripts.</param>
/// <param name="Output">Standard output, in a pipe.</param>
/// <param name="Shown">Standard error in a pipe; in a terminal, all that was shown.</param>
internal sealed record VoiceEnd(int ExitCode, byte[] Output, string Shown)
{
    public string Text => Encoding.UTF8.GetString(Output);
}
