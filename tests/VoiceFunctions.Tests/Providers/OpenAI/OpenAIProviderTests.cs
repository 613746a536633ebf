using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using VoiceFunctions.Audio;
using VoiceFunctions.Providers;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tests.Providers.OpenAI;

public sealed class OpenAIProviderTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Provider_WithoutKey_IsListedAndNotTried(string? key)
    {
        await using var bench = new OpenAIBench(null, ("OpenAI:ApiKey", key));

        Assert.Equal("OpenAI:ApiKey is not set.", bench.Provider.Unconfigured);
        Assert.Null(bench.Provider.TextToSpeech);
        Assert.Null(bench.Provider.SpeechToText);
        Assert.Null(bench.Provider.Probe);
        Assert.NotEmpty(bench.Provider.SynthesisModels);
    }

    [Fact]
    public async Task Provider_ByDefault_ListsModelsThatStayFirst()
    {
        await using var bench = new OpenAIBench();

        Assert.Equal(["gpt-4o-mini-tts", "tts-1", "tts-1-hd"], bench.Provider.SynthesisModels.Select(model => model.Id));
        Assert.Equal(
            ["gpt-transcribe", "gpt-4o-transcribe", "gpt-4o-mini-transcribe", "whisper-1", "gpt-4o-transcribe-diarize"],
            bench.Provider.RecognitionModels.Select(model => model.Id));
        Assert.All(bench.Provider.SynthesisModels, model => Assert.Equal(new DateOnly(2027, 1, 6), model.RetiresOn));
        Assert.Equal(["gpt-transcribe"], bench.Provider.RecognitionModels.Where(model => model.RetiresOn is null).Select(model => model.Id));
    }

    [Theory]
    [InlineData("tts-1", 3, true, false)]
    [InlineData("tts-1-hd-1106", 4, true, false)]
    [InlineData("gpt-4o-mini-tts-2025-12-15", 4, false, true)]
    [InlineData("kokoro", 4, false, false)]
    public async Task Provider_WithADefaultModel_PutsItFirstAndKnowsItsFamily(string model, int count, bool priced, bool instructions)
    {
        await using var bench = new OpenAIBench(null, ("OpenAI:SpeechModel", model));

        var first = bench.Provider.SynthesisModels[0];

        Assert.Equal(model, first.Id);
        Assert.Equal(count, bench.Provider.SynthesisModels.Count);
        Assert.Equal(priced, first.Price is not null);
        Assert.Equal(instructions, first.Instructions);
    }

    [Fact]
    public async Task Provider_OfACompatibleServer_ClaimsNoPricesOfOpenAI()
    {
        await using var bench = new OpenAIBench(null, ("OpenAI:ListPrices", null), ("OpenAI:Voices:0", "af_bella"));

        Assert.All(bench.Provider.SynthesisModels, model => Assert.Null(model.Price));
        Assert.All(bench.Provider.RecognitionModels, model => Assert.Null(model.RetiresOn));
        Assert.All(bench.Provider.SynthesisModels, model => Assert.Equal(["af_bella"], model.Voices.Select(voice => voice.Id)));
        Assert.Null((await bench.Recognition.GetTextAsync(
            new MemoryStream(AudioSamples.SilentWav(1, 8_000)),
            new SpeechToTextOptions().WithCall(new SpeechCall { Container = AudioContainer.Wav }),
            TestContext.Current.CancellationToken)).GetOutcome().CostUsd);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1")]
    [InlineData("")]
    public async Task Provider_AtOpenAIItself_KnowsThePrices(string endpoint)
    {
        await using var bench = new OpenAIBench(
            null, ("OpenAI:Endpoint", endpoint), ("OpenAI:ListPrices", null), ("OpenAI:SpeechModel", ""), ("OpenAI:TranscriptionModel", ""), ("OpenAI:Organization", ""));

        Assert.Equal(new ProviderPrice(15, 1_000_000, BillingUnit.Characters), bench.Provider.SynthesisModels[1].Price);
    }

    [Fact]
    public async Task Call_WithOrganizationAndProject_SendsThem()
    {
        await using var bench = new OpenAIBench(null, ("OpenAI:Organization", "org-1"), ("OpenAI:Project", "proj-1"));

        await bench.Provider.Probe!(TestContext.Current.CancellationToken);

        Assert.Equal("org-1", bench.Server.Request.Header("OpenAI-Organization"));
        Assert.Equal("proj-1", bench.Server.Request.Header("OpenAI-Project"));
    }

    [Theory]
    [InlineData("OpenAI:Endpoint", "http://example.com/v1")]
    [InlineData("OpenAI:Endpoint", "relative/v1")]
    [InlineData("OpenAI:Concurrency", "0")]
    public async Task Provider_WithABadSetting_IsRefusedWithoutTheKey(string name, string value)
    {
        await using var bench = new OpenAIBench(null, (name, value));

        var failure = Assert.Throws<OptionsValidationException>(() => bench.Provider);

        Assert.DoesNotContain(bench.Server.ApiKey, failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_LoggedToTheLastTrace_LeavesTheKeyAndTheTextOut()
    {
        await using var bench = new OpenAIBench();

        await bench.Speech.GetAudioAsync("the secret text", new TextToSpeechOptions { AudioFormat = "pcm" }, TestContext.Current.CancellationToken);

        Assert.Equal(1, bench.Server.Count);
        Assert.All(bench.Logs.GetSnapshot(), record =>
        {
            var all = record.Message + string.Join(' ', record.StructuredState?.Select(pair => pair.Value) ?? []);
            Assert.DoesNotContain(bench.Server.ApiKey, all, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", all, StringComparison.Ordinal);
        });
    }
}
