using System.Text;
using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Providers.AzureSpeech;

/// <summary>Whatever the caller writes, one voice speaks, and it speaks what was written.</summary>
public sealed class AzureSsmlTests : IAsyncLifetime
{
    private const string Voice = "en-US-GuyNeural";

    private readonly AzureSpeechBench _bench = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Theory]
    [InlineData("</voice><voice name=\"en-US-JennyNeural\">I am someone else")]
    [InlineData("</prosody></voice></speak><speak>")]
    [InlineData("<audio src=\"https://example.com/a.wav\"/>")]
    [InlineData("<![CDATA[raw]]> and ]]> alone")]
    [InlineData("&lt;break/&gt; &amp; &#x41; &nbsp; &undefined;")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]>&a;")]
    [InlineData("<!-- comment --> <?php echo 1 ?>")]
    [InlineData("quotes ' \" and “these”, tabs\tand\nlines")]
    [InlineData("日本語 العربية עברית 👩‍👩‍👧 𝔘𝔫𝔦𝔠𝔬𝔡𝔢")]
    public async Task PlainText_WhateverItHolds_IsSpokenAsItIs(string text)
    {
        await SpeakAsync(text, ssml: false, speed: 1.2f);

        var spoken = Assert.Single(_bench.Server.Spoken);
        Assert.Equal((Voice, text), (spoken.Voice, spoken.Text));
    }

    [Theory]
    [InlineData("a\0b\u0001c\u001Fd", "abcd")]
    [InlineData("\uFFFE\uFFFFok", "ok")]
    [InlineData("one\r\ntwo\rthree", "one\ntwo\nthree")]
    public async Task PlainText_WithWhatXmlCannotHold_LosesOnlyThat(string text, string kept)
    {
        await SpeakAsync(text, ssml: false);

        Assert.Equal(kept, _bench.Server.Spoken.Single().Text);
    }

    [Fact]
    public async Task PlainText_WithHalvesOfPairs_LosesOnlyThose()
    {
        await SpeakAsync("high \uD83C low \uDF0D both \uD83C\uDF0D", ssml: false);

        Assert.Equal("high  low  both 🌍", _bench.Server.Spoken.Single().Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("\0\u0001")]
    public async Task PlainText_WithNothingToSay_IsRefusedWithoutACall(string text) => await RefusedAsync(text, ssml: false);

    [Fact]
    public async Task VoiceName_WithMarkup_StaysAnAttribute()
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() => _bench.Speech.GetAudioAsync(
            "Hi", new TextToSpeechOptions { VoiceId = "x\"><audio src='https://example.com'/>", Language = "en\"><x/>", AudioFormat = "pcm" }, Token));

        Assert.Equal(ProviderFailureKind.InvalidRequest, failure.Kind);
        Assert.Empty(_bench.Server.Spoken);
        Assert.DoesNotContain("<audio", _bench.Server.Request.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hello <break time=\"500ms\"/> <emphasis level=\"strong\">you</emphasis> &amp; me", "Hello  you & me")]
    [InlineData("<speak version=\"1.0\" xml:lang=\"en-US\"><p><s>One.</s><s>Two.</s></p></speak>", "One.Two.")]
    [InlineData("<?xml version=\"1.0\"?>\n<speak version=\"1.0\" xmlns=\"http://www.w3.org/2001/10/synthesis\" xml:lang=\"en-US\">Hi</speak>\n", "Hi")]
    [InlineData("<speak xmlns=\"http://www.w3.org/2001/10/synthesis\" xmlns:mstts=\"http://www.w3.org/2001/mstts\"><voice name=\"en-US-GuyNeural\"><mstts:express-as style=\"cheerful\">Hi</mstts:express-as></voice></speak>", "Hi")]
    [InlineData("<mstts:express-as style=\"sad\">No</mstts:express-as>", "No")]
    [InlineData("<speak><![CDATA[a < b]]></speak>", "a < b")]
    [InlineData("<sub alias=\"World Wide Web Consortium\">W3C</sub> <say-as interpret-as=\"date\" format=\"dmy\">1.2.2026</say-as> <phoneme alphabet=\"ipa\" ph=\"təˈmeɪtoʊ\">tomato</phoneme>", "W3C 1.2.2026 tomato")]
    public async Task Ssml_OfAllowedElements_IsSpoken(string ssml, string text)
    {
        await SpeakAsync(ssml, ssml: true);

        var spoken = Assert.Single(_bench.Server.Spoken);
        Assert.Equal((Voice, text), (spoken.Voice, spoken.Text));
    }

    [Fact]
    public async Task Ssml_WithAttributes_KeepsThem()
    {
        await SpeakAsync("<prosody rate=\"-10%\" pitch=\"+2st\">slow<break strength=\"weak\"/></prosody><lang xml:lang=\"de-DE\">Tag</lang>", ssml: true, speed: 0.5f);

        var markup = _bench.Server.Spoken.Single().Markup.ToString(System.Xml.Linq.SaveOptions.DisableFormatting);
        Assert.Contains("rate=\"-50%\"", markup, StringComparison.Ordinal);
        Assert.Contains("rate=\"-10%\" pitch=\"+2st\"", markup, StringComparison.Ordinal);
        Assert.Contains("strength=\"weak\"", markup, StringComparison.Ordinal);
        Assert.Contains("xml:lang=\"de-DE\"", markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<speak>unclosed")]
    [InlineData("</voice><voice name=\"en-US-JennyNeural\">x")]
    [InlineData("<speak></speak>")]
    [InlineData("<break time=\"1s\"/>")]
    [InlineData("<speak><audio src=\"https://example.com/a.wav\">x</audio></speak>")]
    [InlineData("<speak><mstts:backgroundaudio src=\"https://example.com/a.wav\"/>x</speak>")]
    [InlineData("<speak><lexicon uri=\"https://example.com/l.xml\"/>x</speak>")]
    [InlineData("<speak><voice name=\"en-US-JennyNeural\">x</voice></speak>")]
    [InlineData("<speak>a<speak>b</speak></speak>")]
    [InlineData("<speak>a</speak><speak>b</speak>")]
    [InlineData("<speak>a</speak> tail")]
    [InlineData("head <speak>a</speak>")]
    [InlineData("<p onclick=\"x\">a</p>")]
    [InlineData("<p xmlns=\"http://example.com\">a</p>")]
    [InlineData("<x:p xmlns:x=\"http://example.com\">a</x:p>")]
    [InlineData("<break src=\"https://example.com\"/>a")]
    [InlineData("&nbsp;a")]
    [InlineData("a\u0001b")]
    [InlineData("<!DOCTYPE speak SYSTEM \"file:///etc/passwd\"><speak>a</speak>")]
    [InlineData("<!DOCTYPE s [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><speak>&a;</speak>")]
    [InlineData("<!DOCTYPE s [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;\">]><speak>&c;</speak>")]
    public async Task Ssml_OfAnythingElse_IsRefusedWithoutACall(string ssml) => await RefusedAsync(ssml, ssml: true);

    [Fact]
    public async Task Ssml_NestedWithoutEnd_IsRefused()
    {
        var nested = new StringBuilder().Insert(0, "<p>", 5_000).Append('a').Insert(15_001, "</p>", 4_000).ToString();

        await RefusedAsync(nested, ssml: true);
    }

    [Fact]
    public async Task Ssml_TooLarge_IsRefused() => await RefusedAsync("<p>" + new string('a', 40_000) + "</p>", ssml: true);

    private Task<TextToSpeechResponse> SpeakAsync(string text, bool ssml, float? speed = null) => _bench.Speech.GetAudioAsync(
        text, new TextToSpeechOptions { VoiceId = Voice, AudioFormat = "pcm", Speed = speed }.WithCall(new SpeechCall { Ssml = ssml }), Token);

    private async Task RefusedAsync(string text, bool ssml)
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() => SpeakAsync(text, ssml));

        Assert.Equal(ProviderFailureKind.InvalidRequest, failure.Kind);
        Assert.Equal(0, _bench.Server.Count);
        Assert.DoesNotContain("passwd", failure.ToString(), StringComparison.Ordinal);
    }
}
