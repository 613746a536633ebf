using System.Xml;

namespace VoiceFunctions.Providers.Google;

/// <summary>
/// A caller's SSML, looked through before it is passed on as it is: Google takes the whole language
/// (https://cloud.google.com/text-to-speech/docs/ssml), and nothing in it may make this app or Google fetch anything.
/// </summary>
internal static class GoogleSsml
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <exception cref="ProviderException">The text is not one well-formed <c>speak</c> document, or it names what would have to be fetched.</exception>
    public static void Check(string ssml)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(ssml), Settings);
            if (reader.MoveToContent() is not XmlNodeType.Element || reader.LocalName is not "speak")
            {
                throw GoogleProvider.Refuse("SSML begins with <speak>.");
            }

            while (reader.Read())
            {
                if (reader.NodeType is XmlNodeType.Element && reader.LocalName is ("audio" or "lexicon"))
                {
                    throw GoogleProvider.Refuse("SSML with <audio> or <lexicon> is not taken.");
                }
            }
        }
        catch (XmlException exception)
        {
            // Only the place is told: the message of the parser can quote the text.
            throw GoogleProvider.Refuse($"The SSML is not well-formed (line {exception.LineNumber}, position {exception.LinePosition}).");
        }
    }
}
