using System.Runtime.InteropServices;
using VoiceFunctions.Fallback;

namespace VoiceFunctions.Jobs.Text;

/// <summary>A place to cut a script at, with what stands before it counted, so that any two of them tell what is between.</summary>
/// <param name="Position">Where it is among the words.</param>
/// <param name="Markup">How many pieces of markup are before it.</param>
/// <param name="Kind">How good it is.</param>
/// <param name="Before">The script up to here, as it is written.</param>
/// <param name="Characters">Characters of the words up to here as they stand on a screen, where white space is one however long it is.</param>
/// <param name="Letters">Letters and digits up to here.</param>
/// <param name="Spoken">Characters up to here that an engine says.</param>
/// <param name="Elements">Elements up to here that stay whole, a <c>break</c> among them.</param>
/// <param name="Tags">The start tags and the end tags of the elements that are open here.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MeasuredBreak(
    int Position, int Markup, BreakKind Kind, TextMeasure Before, int Characters, int Letters, int Spoken, int Elements, (TextMeasure Open, TextMeasure Close) Tags);
