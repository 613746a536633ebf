using System.Collections.Frozen;
using System.Text;
using System.Xml;

namespace VoiceFunctions.Providers.Offline;

/// <summary>SSML as espeak-ng may see it, and the words in it.</summary>
/// <remarks>
/// espeak-ng reads tags with a scanner of its own, which differs from XML (a comment ends for it at the first <c>&gt;</c>), and its <c>audio</c> element opens any
/// file of this machine and may start sox on it through a shell (src/libespeak-ng/soundicon.c). So it never gets what the caller wrote, but a document written
/// anew from what an XML parser made of it, with nothing in it but the elements and attributes listed here.
/// </remarks>
internal sealed record EspeakSsml(string Document, string Words)
{
    /// <summary>Speech nests a few levels; espeak-ng keeps a stack of 20.</summary>
    private const int MaxDepth = 16;

    private const string Namespace = "http://www.w3.org/2001/10/synthesis";

    private static readonly FrozenDictionary<string, string[]> Allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["speak"] = ["xml:lang"],
        ["voice"] = ["xml:lang", "gender"],
        ["p"] = ["xml:lang"],
        ["s"] = ["xml:lang"],
        ["break"] = ["strength", "time"],
        ["prosody"] = ["rate", "pitch", "volume", "range"],
        ["emphasis"] = ["level"],
        ["say-as"] = ["interpret-as", "format", "detail"],
        ["phoneme"] = ["alphabet", "ph"],
        ["sub"] = ["alias"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="ProviderException">The SSML is not well-formed, or holds an element that is not allowed.</exception>
    public static EspeakSsml Read(string ssml)
    {
        var document = new StringBuilder(ssml.Length);
        var words = new StringBuilder(ssml.Length);
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true };
            using var reader = XmlReader.Create(new StringReader(ssml), settings);
            using var writer = XmlWriter.Create(document, new XmlWriterSettings { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None });
            while (reader.Read())
            {
                Copy(reader, writer, words);
            }
        }
        catch (XmlException exception)
        {
            // The parser's message quotes the text; the place is enough.
            throw Invalid($"The SSML is not well-formed XML (line {exception.LineNumber}).");
        }

        return new EspeakSsml(document.ToString(), words.ToString());
    }

    private static void Copy(XmlReader reader, XmlWriter writer, StringBuilder words)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                Begin(reader, writer);
                break;
            case XmlNodeType.EndElement:
                writer.WriteEndElement();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA:
                words.Append(reader.Value).Append(' ');
                writer.WriteString(reader.Value);
                break;
            case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when reader.Depth > 0:
                writer.WriteWhitespace(reader.Value);
                break;
            default:
                break;
        }
    }

    private static void Begin(XmlReader reader, XmlWriter writer)
    {
        if (reader.NamespaceURI is not ("" or Namespace) || !Allowed.TryGetValue(reader.LocalName, out var attributes))
        {
            throw Invalid($"The SSML element '{(reader.Name.Length <= 40 ? reader.Name : reader.Name[..40])}' is not read offline.");
        }

        if (reader.Depth >= MaxDepth) throw Invalid("The SSML is nested too deep.");
        writer.WriteStartElement(reader.LocalName);
        foreach (var attribute in attributes)
        {
            if (reader.GetAttribute(attribute) is not { } value) continue;
            if (attribute == "xml:lang") writer.WriteAttributeString("xml", "lang", null, value);
            else writer.WriteAttributeString(attribute, value);
        }

        if (reader.IsEmptyElement) writer.WriteEndElement();
    }

    private static ProviderException Invalid(string message) => new(OfflineProvider.Name, ProviderFailureKind.InvalidRequest, message);
}
