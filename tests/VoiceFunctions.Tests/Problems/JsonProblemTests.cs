using System.Text;
using System.Text.Json;
using CsCheck;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Tests.Problems;

public sealed class JsonProblemTests
{
    [Theory]
    [InlineData("{\"text\":7}", "text")]
    [InlineData("{\"text\":[[[[]]]]}", "text")]
    [InlineData("{\"speed\":\"1\"}", "speed")]
    [InlineData("{\"sampleRate\":99999999999999999999}", "sampleRate")]
    [InlineData("{\"sampleRate\":8000.5}", "sampleRate")]
    [InlineData("{\"cache\":\"never\"}", "cache")]
    [InlineData("{\"cache\":1}", "cache")]
    [InlineData("{\"cache\":7}", "cache")]
    [InlineData("{\"cache\":\"1\"}", "cache")]
    [InlineData("{\"cache\":\"bypass, only\"}", "cache")]
    [InlineData("{\"ssml\":1}", "ssml")]
    [InlineData("{\"providers\":\"a\"}", "providers")]
    [InlineData("{\"providers\":[1]}", "providers[0]")]
    public void From_WrongType_NamesTheField(string json, string field)
    {
        var problem = Read(json);

        Assert.Equal([field], problem.Errors!.Keys);
        Assert.DoesNotContain("line", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"pitch\":1}", "pitch")]
    [InlineData("{\"Text\":\"hi\"}", "Text")]
    [InlineData("{\"a.b\":1}", "a.b")]
    [InlineData("{\"\":1}", "")]
    [InlineData("{\"a'b\":1}", "a'b")]
    [InlineData("{\"a\\nb\":1}", "a\nb")]
    public void From_UnknownField_NamesIt(string json, string field)
    {
        var problem = Read(json);

        Assert.Equal(["is not a field of this request."], problem.Errors![field]);
    }

    [Fact]
    public void From_FieldGivenTwice_SaysSo()
    {
        var problem = Read("{\"text\":\"a\",\"text\":\"b\"}");

        Assert.Equal(["is given twice."], problem.Errors!["text"]);
    }

    [Theory]
    [InlineData("{\"text\":\"hi\"")]
    [InlineData("{\"text\":\"hi\"} x")]
    [InlineData("{\"text\":\"hi\",}")]
    [InlineData("{text:\"hi\"}")]
    [InlineData("{/* no */\"text\":\"hi\"}")]
    [InlineData("{\"text\":\"hi\"} // no")]
    [InlineData("{\"text\":'hi'}")]
    [InlineData("\u0001")]
    public void From_MalformedJson_TellsWhere(string json)
    {
        var problem = Read(json);

        Assert.Null(problem.Errors);
        Assert.Matches(@"^The body is not valid JSON \(line \d+, byte \d+\)\.$", problem.Message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"hello\"")]
    [InlineData("true")]
    public void From_JsonThatIsNoObject_SaysWhatItMustBe(string json)
    {
        var problem = Read(json);

        Assert.Null(problem.Errors);
        Assert.Equal("The body must be a JSON object.", problem.Message);
    }

    [Fact]
    public void From_ArbitraryBytes_NamesNoType() => Gen.Byte.Array[0, 80].Sample(bytes => LeaksNothing(bytes));

    [Fact]
    public void From_AlmostARequest_NamesNoType()
    {
        var names = Pick("text", "voice", "speed", "sampleRate", "cache", "providers", "ssml", "pitch", "a'b", "a.b", "тон", "");
        var values = Pick("1", "-1", "1e999", "\"x\"", "null", "true", "[]", "[1]", "{}", "{\"a\":{}}", "\"\\ud800\"", "NaN", "'x'", "");
        Gen.Select(names, values, (name, value) => $"\"{name}\":{value}").Array[0, 4]
            .Select(members => $"{{{string.Join(',', members)}}}")
            .Sample(json => LeaksNothing(Encoding.UTF8.GetBytes(json)));
    }

    private static Gen<string> Pick(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static void LeaksNothing(byte[] bytes)
    {
        try
        {
            JsonSerializer.Deserialize(bytes, ApiJson.Default.SynthesisRequest);
        }
        catch (JsonException exception)
        {
            var problem = JsonProblem.From(exception);
            var told = $"{problem.Message} {string.Join(' ', problem.Errors?.SelectMany(error => error.Value.Append(error.Key)) ?? [])}";
            Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
            Assert.DoesNotContain("System.", told, StringComparison.Ordinal);
            Assert.DoesNotContain("VoiceFunctions", told, StringComparison.Ordinal);
            Assert.DoesNotContain("Nullable", told, StringComparison.Ordinal);
            Assert.DoesNotContain("LineNumber", told, StringComparison.Ordinal);
        }
    }

    private static ProblemException Read(string json) =>
        JsonProblem.From(Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(json, ApiJson.Default.SynthesisRequest)));
}
