using System.Collections.Frozen;
using System.Xml;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>
/// Copies a caller's SSML, element by element, into the document of the call. Only what shapes speech passes: no DTD, no entity, nothing that makes
/// the service fetch an address, no other voice.
/// </summary>
internal static class AzureSsmlReader
{
    /// <summary>Eight times the text that a call takes: room for markup, and no room for a bomb.</summary>
    private const int MaxCharacters = 32_768;

    /// <summary>Speech nests a few levels; a bomb nests thousands.</summary>
    private const int MaxDepth = 32;

    private static readonly FrozenDictionary<string, string[]> Allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["speak"] = ["version", "xml:lang"],
        ["voice"] = ["name", "xml:lang"],
        ["p"] = ["xml:lang"],
        ["s"] = ["xml:lang"],
        ["break"] = ["strength", "time"],
        ["prosody"] = ["rate", "pitch", "volume", "contour", "range"],
        ["emphasis"] = ["level"],
        ["say-as"] = ["interpret-as", "format", "detail"],
        ["phoneme"] = ["alphabet", "ph"],
        ["sub"] = ["alias"],
        ["lang"] = ["xml:lang"],
        ["mstts:express-as"] = ["style", "styledegree", "role"],
        ["mstts:silence"] = ["type", "value"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="ProviderException">The SSML is malformed or holds what is not allowed.</exception>
    public static void Copy(string ssml, string voice, XmlWriter writer)
    {
        var settings = new XmlReaderSettings
        {
            ConformanceLevel = ConformanceLevel.Fragment,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            MaxCharactersFromEntities = 1,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        };
        var names = new XmlNamespaceManager(new NameTable());
        names.AddNamespace("", AzureSsml.Namespace);
        names.AddNamespace("mstts", AzureSsml.Extensions);
        try
        {
            using var text = new StringReader(ssml.Trim());
            using var reader = XmlReader.Create(text, settings, new XmlParserContext(names.NameTable, names, null, XmlSpace.Preserve));
            if (!Copy(reader, voice, writer))
            {
                throw Refused("The SSML holds nothing that can be spoken.");
            }
        }
        catch (XmlException exception)
        {
            // The parser's message quotes the text; the place is enough.
            throw Refused($"The SSML is malformed at line {exception.LineNumber}, position {exception.LinePosition}.");
        }
    }

    /// <summary>Iterative, so that no input can exhaust the stack. Answers whether there was anything to speak.</summary>
    private static bool Copy(XmlReader reader, string voice, XmlWriter writer)
    {
        var spoken = false;
        // Whether each open element was written: speak and voice are not, for the document has its own.
        var open = new Stack<bool>();
        var root = false;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (root && reader.Depth == 0)
                    {
                        throw Refused("Nothing may follow the speak element.");
                    }

                    if (reader.Depth >= MaxDepth)
                    {
                        throw Refused("The SSML is nested too deep.");
                    }

                    root |= Begin(reader, voice, writer, spoken, open);
                    break;
                case XmlNodeType.EndElement:
                    End(writer, open);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA when root && reader.Depth == 0:
                    throw Refused("Nothing may follow the speak element.");
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    spoken |= !string.IsNullOrWhiteSpace(reader.Value);
                    writer.WriteString(reader.Value);
                    break;
                case XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when open.Count > 0 || (spoken && !root):
                    writer.WriteString(reader.Value);
                    break;
                case XmlNodeType.EntityReference or XmlNodeType.DocumentType:
                    throw Refused("Entities and document types are not allowed.");
                default:
                    break;
            }
        }

        return spoken;
    }

    private static bool Begin(XmlReader reader, string voice, XmlWriter writer, bool spoken, Stack<bool> open)
    {
        var name = reader.NamespaceURI switch
        {
            AzureSsml.Namespace => reader.LocalName,
            AzureSsml.Extensions => "mstts:" + reader.LocalName,
            _ => "",
        };
        if (!Allowed.TryGetValue(name, out var attributes))
        {
            throw Refused($"The element '{Short(reader.Name)}' is not allowed.");
        }

        if (name is "speak" && (reader.Depth > 0 || spoken))
        {
            throw Refused("The speak element must be the root.");
        }

        if (name is "voice" && reader.GetAttribute("name") != voice)
        {
            throw Refused("The voice is chosen by the request; another one in the SSML is not allowed.");
        }

        var written = name is not ("speak" or "voice");
        var empty = reader.IsEmptyElement;
        if (written)
        {
            writer.WriteStartElement(reader.NamespaceURI is AzureSsml.Extensions ? "mstts" : null, reader.LocalName, reader.NamespaceURI);
        }

        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI is "http://www.w3.org/2000/xmlns/")
            {
                continue;
            }

            if (!attributes.Contains(reader.Name, StringComparer.Ordinal))
            {
                throw Refused($"The attribute '{Short(reader.Name)}' is not allowed on '{name}'.");
            }

            if (written)
            {
                writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value);
            }
        }

        reader.MoveToElement();
        open.Push(written);
        if (empty)
        {
            End(writer, open);
        }

        return name is "speak";
    }

    private static void End(XmlWriter writer, Stack<bool> open)
    {
        if (open.Pop())
        {
            writer.WriteEndElement();
        }
    }

    private static string Short(string name) => name.Length <= 40 ? name : name[..40];

    private static ProviderException Refused(string message) => new(AzureSpeechProvider.Name, ProviderFailureKind.InvalidRequest, message);
}
