using System.Net;
using System.Text;
using Markdig;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Jobs.Text;

/// <summary>
/// Markdown as somebody would read it aloud: what a reader of the page sees, without the marks. A link is its words, a picture its description, a row of a table a
/// sentence of cells; code is read as it stands, since leaving it out would be a hole that nobody is told of.
/// </summary>
internal sealed class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().UseFootnotes().UseTaskLists().UseEmphasisExtras().Build();

    private readonly StringBuilder _text = new();

    private MarkdownText()
    {
    }

    /// <exception cref="FormatException">It is nested too deep.</exception>
    public static string Read(string markdown)
    {
        var reader = new MarkdownText();
        try
        {
            reader.Write(Markdown.Parse(markdown, Pipeline));
        }
        catch (ArgumentException exception)
        {
            // The parser's bound on depth has no exception of its own.
            throw new FormatException("The Markdown is nested too deep.", exception);
        }

        return TextCleaner.Clean(reader._text.ToString());
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case YamlFrontMatterBlock or LinkReferenceDefinitionGroup or ThematicBreakBlock:
                break;
            case Table table:
                foreach (var row in table.OfType<TableRow>()) WriteRow(row);
                EndParagraph();
                break;
            case ListItemBlock item:
                if (item is { Parent: ListBlock { IsOrdered: true }, Order: var number }) _text.Append(number).Append(". ");
                WriteAll(item);
                break;
            case ContainerBlock container:
                WriteAll(container);
                break;
            case HtmlBlock html:
                _text.Append(WebUtility.HtmlDecode(SpokenText.Of(html.Lines.ToString(), ssml: true)));
                EndParagraph();
                break;
            case LeafBlock { Inline: { } inline }:
                Write(inline);
                EndParagraph();
                break;
            case LeafBlock leaf:
                _text.Append(leaf.Lines.ToString());
                EndParagraph();
                break;
        }
    }

    private void WriteAll(ContainerBlock container)
    {
        foreach (var block in container) Write(block);
    }

    private void WriteRow(TableRow row)
    {
        var separator = "";
        foreach (var paragraph in row.OfType<TableCell>().SelectMany(cell => cell.OfType<LeafBlock>()))
        {
            if (paragraph.Inline is null) continue;
            _text.Append(separator);
            Write(paragraph.Inline);
            separator = ", ";
        }

        _text.Append('\n');
    }

    private void Write(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal: _text.Append(literal.Content.AsSpan()); break;
            case CodeInline code: _text.Append(code.ContentSpan); break;
            case AutolinkInline link: _text.Append(link.Url); break;
            case HtmlEntityInline entity: _text.Append(entity.Transcoded.AsSpan()); break;
            case HtmlInline html when html.Tag.StartsWith("<br", StringComparison.OrdinalIgnoreCase): _text.Append('\n'); break;
            case LineBreakInline end: _text.Append(end.IsHard ? '\n' : ' '); break;
            case FootnoteLink or TaskList: break;
            case ContainerInline container:
                foreach (var child in container) Write(child);
                break;
        }
    }

    private void EndParagraph() => _text.Append("\n\n");
}
