using System.Text;
using System.Xml.Linq;
using CsCheck;

namespace VoiceFunctions.Tests.Jobs.Text;

/// <summary>SSML to split, and what is the same of a document and of the documents it was split into.</summary>
internal static class SsmlTexts
{
    private static readonly Gen<string> Leaf = Pick(
        "Some words. ", "One, two, three; ", "Dr. Smith said 3.14. ", "A &lt;b&gt; &amp; c. ", "<break time=\"200ms\"/>", "<say-as interpret-as=\"date\">1.2.2026</say-as> ",
        "<sub alias=\"World Wide Web\">WWW</sub>, ", "<phoneme alphabet=\"ipa\" ph=\"a&quot;b\">tomato</phoneme> ", "你好。", "<![CDATA[x < y. ]]>", "<!-- no -->", "<?no?>", "\n", "Really? ",
        "<audio src=\"a.mp3\">a <desc>b</desc></audio> ", "<sub alias=\"W3C\">World Wide Web Consortium</sub> ", " \n \n    ");

    private static readonly Gen<string> Inner = Leaf.Array[1, 12].Select(string.Concat);

    private static readonly Gen<string> Block = Gen.Select(
        Pick(("p", ""), ("s", ""), ("prosody", " rate=\"slow\" pitch=\"+2st\""), ("emphasis", " level=\"strong\""), ("voice", " name=\"x\""), ("m:express-as", " style=\"a&amp;b\"")),
        Inner.Array[1, 4], Pick("", " "), (element, inner, space) => $"<{element.Item1}{element.Item2}>{string.Concat(inner)}</{element.Item1}>{space}");

    public static Gen<string> Document { get; } = Gen.OneOf(Inner, Block, Block.Array[1, 3].Select(blocks => $"<p>{string.Concat(blocks)}</p>")).Array[1, 8].Select(parts =>
        $"<?xml version=\"1.0\"?>\n<speak version=\"1.1\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xmlns:m=\"urn:m\" xml:lang=\"en-US\">{string.Concat(parts)}</speak>\n");

    public static XElement Parse(string document) => XDocument.Parse(document, LoadOptions.PreserveWhitespace).Root!;

    /// <summary>Each word with the elements around it, and each element that says more than how; white space apart, since it may be added between sentences.</summary>
    public static string Flatten(IReadOnlyList<XElement> documents)
    {
        var flat = new StringBuilder();
        foreach (var document in documents) Flatten(document, "", flat);
        return flat.ToString();
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static void Flatten(XElement element, string path, StringBuilder flat)
    {
        var own = $"{path}/{element.Name.LocalName}[{string.Join(',', element.Attributes())}]";
        if (element.Name.LocalName is "break") flat.Append(own).Append('\n');
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XElement child: Flatten(child, own, flat); break;
                case XText text:
                    foreach (var c in text.Value.Where(c => !char.IsWhiteSpace(c))) flat.Append(own).Append(c).Append('\n');
                    break;
            }
        }
    }
}
