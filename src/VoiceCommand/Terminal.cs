using Spectre.Console;
using Spectre.Console.Rendering;

namespace VoiceCommand;

/// <summary>
/// What a command writes to. Results go to standard output, all that is only for somebody watching goes to standard error. Neither gets a control code where it is not
/// a terminal, nor colour where NO_COLOR is set (https://no-color.org).
/// </summary>
internal sealed class Terminal
{
    private readonly IAnsiConsole _output = Open(Console.Out, IsTerminal(Console.IsOutputRedirected));

    /// <summary>Whether somebody watches standard output.</summary>
    public bool IsOutputLive { get; } = IsTerminal(Console.IsOutputRedirected);

    /// <summary>Whether somebody watches standard error.</summary>
    public bool IsLive { get; } = IsTerminal(Console.IsErrorRedirected);

    public IAnsiConsole Watch { get; } = Open(Console.Error, IsTerminal(Console.IsErrorRedirected));

    /// <summary>A line for whoever watches.</summary>
    public static void Note(string line) => Console.Error.WriteLine(Printable(line));

    /// <summary>A table on a terminal; lines with tabs between the cells, for programs, elsewhere.</summary>
    public void Write(string[] head, IEnumerable<string[]> rows)
    {
        if (!IsOutputLive)
        {
            foreach (var row in rows) Console.Out.WriteLine(string.Join('\t', row.Select(Printable)));
            return;
        }

        // Only the last column may be folded: what stands in the others is there to be copied.
        var table = new Table().Border(TableBorder.None)
            .AddColumns([.. head.Select((name, index) => new TableColumn(new Text(name, new Style(decoration: Decoration.Bold))) { NoWrap = index < head.Length - 1 }.PadRight(2))]);
        foreach (var row in rows) table.AddRow(row.Select(cell => (IRenderable)new Text(Printable(cell))));
        _output.Write(table);
    }

    /// <summary>What others have named must not move the cursor or change the colours.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, (target, source) =>
    {
        for (var i = 0; i < source.Length; i++) target[i] = char.IsControl(source[i]) ? ' ' : source[i];
    });

    private static bool IsTerminal(bool isRedirected) => !isRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    private static IAnsiConsole Open(TextWriter writer, bool isTerminal) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = !isTerminal || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } ? ColorSystemSupport.NoColors : ColorSystemSupport.Standard,
        Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
        Out = new AnsiConsoleOutput(writer),
    });
}
