using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;

namespace VoiceFunctions.Providers.AzureSpeech;

/// <summary>The SSML document of a call: one voice, spoken by nobody else, whatever the text holds (https://www.w3.org/TR/speech-synthesis11).</summary>
internal static class AzureSsml
{
    public const string Namespace = "http://www.w3.org/2001/10/synthesis";
    public const string Extensions = "http://www.w3.org/2001/mstts";

    private static readonly XmlWriterSettings Settings = new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.Replace, NewLineChars = "\n" };

    /// <exception cref="ProviderException">Nothing of the text can be spoken, or the caller's SSML is not acceptable.</exception>
    public static string Compose(string text, bool ssml, string voice, string? language, float? speed)
    {
        var document = new StringBuilder();
        using (var writer = XmlWriter.Create(document, Settings))
        {
            var locale = LocaleOf(voice) ?? language ?? "en-US";
            writer.WriteStartElement("speak", Namespace);
            writer.WriteAttributeString("version", "1.0");
            writer.WriteAttributeString("xml", "lang", null, locale);
            writer.WriteAttributeString("xmlns", "mstts", null, Extensions);
            writer.WriteStartElement("voice", Namespace);
            writer.WriteAttributeString("name", voice);
            // A multilingual voice is told what it speaks; any other has but one language.
            if (language is not null && language.Contains('-', StringComparison.Ordinal) && language != locale && voice.Contains("Multilingual", StringComparison.Ordinal))
            {
                writer.WriteStartElement("lang", Namespace);
                writer.WriteAttributeString("xml", "lang", null, language);
            }

            if (speed is { } ratio && Math.Abs(ratio - 1) > 0.001)
            {
                writer.WriteStartElement("prosody", Namespace);
                writer.WriteAttributeString("rate", ((ratio - 1) * 100).ToString("+0.##;-0.##", CultureInfo.InvariantCulture) + "%");
            }

            if (ssml)
            {
                AzureSsmlReader.Copy(text, voice, writer);
            }
            else
            {
                writer.WriteString(Speakable(text));
            }

            writer.WriteEndDocument();
        }

        return document.ToString();
    }

    /// <summary>
    /// Characters that a document is billed for: all inside the voice element, markup too, Chinese ones twice
    /// (https://learn.microsoft.com/azure/ai-services/speech-service/text-to-speech, "Billable characters").
    /// </summary>
    public static int Billable(string document)
    {
        var start = document.IndexOf('>', document.IndexOf("<voice", StringComparison.Ordinal)) + 1;
        var inner = document[start..document.LastIndexOf("</voice>", StringComparison.Ordinal)];
        var count = 0;
        foreach (var rune in WebUtility.HtmlDecode(inner).EnumerateRunes())
        {
            count += rune.Value is (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF) ? 2 : 1;
        }

        return count;
    }

    /// <summary>Without the characters that XML 1.0 cannot hold even as references: controls, lone surrogates, U+FFFE and U+FFFF.</summary>
    private static string Speakable(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                kept.Append(text[i]).Append(text[++i]);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                kept.Append(text[i]);
            }
        }

        var speakable = kept.ToString();
        return string.IsNullOrWhiteSpace(speakable)
            ? throw new ProviderException(AzureSpeechProvider.Name, ProviderFailureKind.InvalidRequest, "The text holds nothing that can be spoken.")
            : speakable;
    }

    /// <summary><c>en-US</c> of <c>en-US-JennyNeural</c>.</summary>
    private static string? LocaleOf(string voice) => voice.Split('-') is [{ Length: 2 or 3 } language, { Length: >= 2 } region, _, ..] ? $"{language}-{region}" : null;
}
