using Spectre.Console;
using Spectre.Console.Rendering;

namespace VoiceCommand.Following;

/// <summary>The end of the line: rate and time left.</summary>
internal sealed class PaceColumn(Func<string> pace) : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(pace());
}
