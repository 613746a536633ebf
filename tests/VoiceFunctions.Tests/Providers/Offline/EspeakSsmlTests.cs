using VoiceFunctions.Providers;
using VoiceFunctions.Providers.Offline;

namespace VoiceFunctions.Tests.Providers.Offline;

public class EspeakSsmlTests
{
    [Theory]
    [InlineData("<speak>Hello <break time=\"2s\"/> there</speak>", "<speak>Hello <break time=\"2s\" /> there</speak>")]
    [InlineData("<s:speak xmlns:s=\"http://www.w3.org/2001/10/synthesis\" version=\"1.1\" xml:lang=\"ru\">Да</s:speak>", "<speak xml:lang=\"ru\">Да</speak>")]
    [InlineData("<speak><p> <s>A</s> <s>B</s> </p></speak>", "<speak><p> <s>A</s> <s>B</s> </p></speak>")]
    [InlineData("<speak>fish &amp; chips &lt;3</speak>", "<speak>fish &amp; chips &lt;3</speak>")]
    public void Read_WhatShapesSpeech_IsKept(string ssml, string document) => Assert.Equal(document, EspeakSsml.Read(ssml).Document);

    [Theory]
    [InlineData("<speak><!-- > <audio src=\"/etc/passwd\"/> -->Hello</speak>")]
    [InlineData("<speak><?x > <audio src=\"/etc/passwd\"/> ?>Hello</speak>")]
    [InlineData("<speak><![CDATA[><audio src=\"/etc/passwd\"/>]]>Hello</speak>")]
    [InlineData("<speak>&#60;audio src=\"/etc/passwd\"/&#62;Hello</speak>")]
    [InlineData("<speak><sub alias=\"&gt;&lt;audio src='/etc/passwd'/&gt;\">Hello</sub></speak>")]
    [InlineData("<speak xml:base=\"/etc/\"><p audio=\"passwd\">Hello</p></speak>")]
    public void Read_WhatOnlyEspeakTakesForATag_IsNoTag(string ssml)
    {
        var read = EspeakSsml.Read(ssml);

        Assert.DoesNotContain("<audio", read.Document, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("base=", read.Document, StringComparison.Ordinal);
        Assert.DoesNotContain("<!", read.Document, StringComparison.Ordinal);
        Assert.DoesNotContain("<?", read.Document, StringComparison.Ordinal);
        Assert.Contains("Hello", read.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<speak><audio src=\"/etc/passwd\"/>Hello</speak>")]
    [InlineData("<speak><mark name=\"here\"/>Hello</speak>")]
    [InlineData("<html>Hello</html>")]
    [InlineData("<speak xmlns=\"urn:other\">Hello</speak>")]
    public void Read_OtherElements_AreRefused(string ssml) =>
        Assert.Equal(ProviderFailureKind.InvalidRequest, Assert.Throws<ProviderException>(() => EspeakSsml.Read(ssml)).Kind);

    [Fact]
    public void Read_DeepNesting_IsRefused()
    {
        var ssml = $"<speak>{string.Concat(Enumerable.Repeat("<prosody rate=\"fast\">", 16))}Hello{string.Concat(Enumerable.Repeat("</prosody>", 16))}</speak>";

        Assert.Equal(ProviderFailureKind.InvalidRequest, Assert.Throws<ProviderException>(() => EspeakSsml.Read(ssml)).Kind);
    }
}
