using System.Xml;

namespace VoiceFunctions.Providers.Yandex;

/// <summary>
/// A caller's SSML, looked through before it is passed on as it is. Yandex knows six elements (https://yandex.cloud/en/docs/speechkit/tts/markup/ssml);
/// with any other the request is left to a provider that can follow it.
/// </summary>
internal static class YandexSsml
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <exception cref="ProviderException">The text is not one well-formed <c>speak</c> document, or it holds an element that Yandex lacks.</exception>
    public static void Check(string ssml)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(ssml), Settings);
            if (reader.MoveToContent() is not XmlNodeType.Element || reader.LocalName is not "speak")
            {
                throw YandexProvider.Refuse("SSML begins with <speak>.");
            }

            while (reader.Read())
            {
                if (reader.NodeType is XmlNodeType.Element && reader.LocalName is not ("break" or "p" or "phoneme" or "s" or "sub"))
                {
                    throw YandexProvider.Refuse("The SSML holds an element that Yandex does not know.");
                }
            }
        }
        catch (XmlException exception)
        {
            // Only the place is told: the message of the parser can quote the text.
            throw YandexProvider.Refuse($"The SSML is not well-formed (line {exception.LineNumber}, position {exception.LinePosition}).");
        }
    }
}
