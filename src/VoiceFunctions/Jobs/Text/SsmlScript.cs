using System.Collections.Frozen;
using System.Text;
using System.Xml;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Jobs.Text;

/// <summary>Reads SSML (https://www.w3.org/TR/speech-synthesis11) into a script. What an element may be is left to the provider that will read it.</summary>
internal sealed class SsmlScript : IDisposable
{
    /// <summary>Speech nests a few levels; a bomb nests thousands.</summary>
    private const int MaxDepth = 32;

    /// <summary>Elements that say how the words inside are spoken, so that two of them one after the other are the same as one. All others stay whole.</summary>
    private static readonly FrozenSet<string> Shared = new[] { "speak", "voice", "prosody", "p", "s", "lang", "emphasis", "express-as" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly XmlReader _reader;
    private readonly StringBuilder _words = new();
    private readonly List<Markup> _markup = [];
    private readonly List<TextBreak> _breaks = [];
    private readonly Stack<string> _open = [];

    private SsmlScript(string ssml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
        _reader = XmlReader.Create(new StringReader(ssml), settings);
    }

    /// <exception cref="ProblemException">It is not one well-formed document, has a DTD, or is nested too deep.</exception>
    public static SpeechScript Read(string ssml)
    {
        using var script = new SsmlScript(ssml);
        try
        {
            return script.Read();
        }
        catch (XmlException exception)
        {
            // The parser's message quotes the text; the place is enough.
            throw ProblemException.InvalidField("text", $"is not well-formed SSML (line {exception.LineNumber}, position {exception.LinePosition}).");
        }
    }

    public void Dispose() => _reader.Dispose();

    private SpeechScript Read()
    {
        while (_reader.Read())
        {
            if (_reader.Depth > MaxDepth) throw TooDeep();
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element when Shared.Contains(_reader.LocalName):
                    Open();
                    break;
                case XmlNodeType.Element:
                    ReadWhole();
                    break;
                case XmlNodeType.EndElement:
                    Close(_reader.LocalName);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when _open.Count > 0:
                    _words.Append(_reader.Value);
                    break;
                default:
                    break;
            }
        }

        return new SpeechScript(_words.ToString(), _markup, _breaks, IsXml: true);
    }

    private void Open()
    {
        var (name, isEmpty) = (_reader.LocalName, _reader.IsEmptyElement);
        Divide(name);
        var tag = new StringBuilder();
        WriteTag(tag, isEmpty: false);
        var end = $"</{_reader.Name}>";
        _markup.Add(new Markup(MarkupKind.Open, _words.Length, 0, tag.ToString()) { EndTag = end });
        _open.Push(end);
        if (isEmpty) Close(name);
    }

    private void Close(string name)
    {
        _markup.Add(new Markup(MarkupKind.Close, _words.Length, 0, _open.Pop()));
        Divide(name);
    }

    private void ReadWhole()
    {
        var (name, start, depth) = (_reader.LocalName, _words.Length, _reader.Depth);
        var xml = new StringBuilder();
        var inside = new Stack<string>();
        var isOpen = true;
        do
        {
            if (_reader.Depth > MaxDepth) throw TooDeep();
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element:
                    var isEmpty = _reader.IsEmptyElement;
                    WriteTag(xml, isEmpty);
                    if (!isEmpty) inside.Push(_reader.Name);
                    isOpen = !isEmpty || _reader.Depth > depth;
                    break;
                case XmlNodeType.EndElement:
                    xml.Append("</").Append(inside.Pop()).Append('>');
                    isOpen = _reader.Depth > depth;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    var value = _reader.Value;
                    SpeechScript.Write(xml, value);
                    _words.Append(value);
                    break;
                default:
                    break;
            }
        }
        while (isOpen && _reader.Read());

        _markup.Add(new Markup(MarkupKind.Whole, start, _words.Length - start, xml.ToString()));
        if (name is "break") Divide(name);
    }

    /// <summary>Lets the words be cut where a structure ends, and keeps those before it apart from those behind it.</summary>
    private void Divide(string name)
    {
        BreakKind? kind = name switch { "p" => BreakKind.Paragraph, "s" => BreakKind.Sentence, "break" => BreakKind.Clause, _ => null };
        if (kind is not { } found || _words.Length == 0) return;
        if (!Punctuation.IsSpace(_words[^1])) _words.Append(name is "p" ? '\n' : ' ');
        _breaks.Add(new TextBreak(_words.Length, found));
    }

    private void WriteTag(StringBuilder tag, bool isEmpty)
    {
        tag.Append('<').Append(_reader.Name);
        while (_reader.MoveToNextAttribute())
        {
            tag.Append(' ').Append(_reader.Name).Append("=\"");
            foreach (var c in _reader.Value)
            {
                if (c is '"' or '\n' or '\t') tag.Append($"&#{(int)c};");
                else SpeechScript.Write(tag, [c]);
            }

            tag.Append('"');
        }

        _reader.MoveToElement();
        tag.Append(isEmpty ? "/>" : ">");
    }

    private static ProblemException TooDeep() => ProblemException.InvalidField("text", "is SSML that is nested too deep.");
}
