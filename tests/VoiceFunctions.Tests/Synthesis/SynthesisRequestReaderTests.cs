using System.Text;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Synthesis;
using VoiceFunctions.Tests.Audio;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Synthesis;

public sealed class SynthesisRequestReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_EveryField_IsRead()
    {
        var request = await ReadAsync("""
            {"text":"hi","voice":"narrator","language":"en","format":"wav","sampleRate":8000,"speed":1.5,"instructions":"Calm.","model":"m",
             "providers":["a","b"],"cache":"bypass","ssml":true,"stream":false}
            """);

        Assert.Equal(("hi", "narrator", "en", "wav", 8000), (request.Text, request.Voice, request.Language, request.Format, request.SampleRate));
        Assert.Equal((1.5f, "Calm.", "m", CacheMode.Bypass), (request.Speed, request.Instructions, request.Model, request.Cache));
        Assert.Equal(["a", "b"], request.Providers!);
        Assert.Equal((true, false, null), (request.Ssml, request.Stream, request.Provider));
    }

    [Fact]
    public async Task ReadAsync_ByteOrderMark_IsPassedOver() =>
        Assert.Equal("hi", (await ReadAsync([0xEF, 0xBB, 0xBF, .. "{\"text\":\"hi\"}"u8])).Text);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("\uFEFF")]
    [InlineData("{\"text\":\"hi\"}{}")]
    [InlineData("{\"text\":\"hi\", \"text\":\"ho\"}")]
    public async Task ReadAsync_NoRequest_IsRefused(string body) =>
        Assert.Equal(ProblemKind.InvalidRequest, (await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(body))).Kind);

    [Fact]
    public async Task ReadAsync_Utf16_IsRefused() =>
        Assert.Equal(ProblemKind.InvalidRequest, (await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(Encoding.Unicode.GetBytes("{\"text\":\"hi\"}")))).Kind);

    [Fact]
    public async Task ReadAsync_InvalidUtf8_IsRefused() =>
        Assert.Equal(ProblemKind.InvalidRequest, (await Assert.ThrowsAsync<ProblemException>(() => ReadAsync([.. "{\"text\":\""u8, 0xFF, .. "\"}"u8]))).Kind);

    [Fact]
    public async Task ReadAsync_DeepNesting_IsRefused()
    {
        var body = $"{{\"providers\":{new string('[', 20_000)}";

        Assert.Equal(ProblemKind.InvalidRequest, (await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(body))).Kind);
    }

    [Fact]
    public async Task ReadAsync_LongestRequestWithEveryCharacterEscaped_FitsIn()
    {
        var text = string.Concat(Enumerable.Repeat("\\ud83d\\ude42", 4096));
        var instructions = string.Concat(Enumerable.Repeat("\\u044f", 4096));

        var request = await ReadAsync($"{{\"text\":\"{text}\",\"instructions\":\"{instructions}\"}}");

        Assert.Null(Record.Exception(() => SynthesisRequestValidator.Validate(request)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_LargerThanAnyRequest_IsTooLarge(bool lengthKnown)
    {
        var http = TestRequest.Post($"{{\"text\":\"{new string('a', 200_000)}\"}}");
        http.ContentLength = lengthKnown ? http.Body.Length : null;

        var problem = await Assert.ThrowsAsync<ProblemException>(() => SynthesisRequestReader.ReadAsync(http, Token));

        Assert.Equal(ProblemKind.PayloadTooLarge, problem.Kind);
        Assert.Contains("/api/tts/jobs", problem.Message, StringComparison.Ordinal);
        Assert.Equal(lengthKnown, http.Body.Position == 0);
    }

    [Fact]
    public async Task ReadAsync_BodyInPieces_IsReadWhole()
    {
        var http = TestRequest.Post("");
        http.Body = new TrickleStream("{\"text\":\"hi\"}"u8.ToArray(), piece: 1);

        Assert.Equal("hi", (await SynthesisRequestReader.ReadAsync(http, Token)).Text);
    }

    [Fact]
    public async Task ReadAsync_ConnectionBreaks_IsNoProblemOfTheRequest()
    {
        var http = TestRequest.Post("");
        http.Body = new TrickleStream("{\"te"u8.ToArray(), piece: 1, new BadHttpRequestException("Unexpected end."));

        await Assert.ThrowsAsync<BadHttpRequestException>(() => SynthesisRequestReader.ReadAsync(http, Token));
    }

    private static Task<SynthesisRequest> ReadAsync(string body) => ReadAsync(Encoding.UTF8.GetBytes(body));

    private static Task<SynthesisRequest> ReadAsync(byte[] body) => SynthesisRequestReader.ReadAsync(TestRequest.Post(body), Token);
}
