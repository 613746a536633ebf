using System.Runtime.InteropServices;

namespace VoiceFunctions.Jobs.Text;

/// <summary>A place where a text can be cut: before the character at <paramref name="Position"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextBreak(int Position, BreakKind Kind);
