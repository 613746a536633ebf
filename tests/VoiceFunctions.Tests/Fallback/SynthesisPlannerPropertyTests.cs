using CsCheck;
using Microsoft.Extensions.AI;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Fallback;

/// <summary>What holds for every plan, whatever the providers can do and whatever is asked.</summary>
public sealed class SynthesisPlannerPropertyTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];
    private static readonly Gen<string> Language = Pick("en", "en-US", "en-GB", "ru", "de");

    private static readonly Gen<ProviderVoice> Voice = Gen.Select(
        Pick("x", "y", "z"), Pick("female", "male", null!), Language.Array[0, 2], (id, gender, languages) => TestCatalog.Voice(id, gender, languages));

    private static readonly Gen<SynthesisModel> Model = Gen.Select(
        Voice.Array[1, 3], Language.Array[0, 3], Gen.Bool, Gen.Int[1, 12], Gen.Bool, (voices, languages, ssml, limit, slow) => TestCatalog.Model("m", voices) with
        {
            Languages = languages,
            Ssml = ssml,
            Limit = new ProviderLimit(limit, BillingUnit.Characters),
            Speed = slow ? new SpeedRange(0.25, 1) : new SpeedRange(0.5, 4),
        });

    private static readonly Gen<SpeechProvider[]> Providers = Gen.Select(Model.Array[0, 3], Gen.Bool).Array[Names.Length].Select(made => made
        .Select((provider, index) => new SpeechProvider(Names[index])
        {
            SynthesisModels = [.. provider.Item1.Select((model, number) => model with { Id = $"m{number}" })],
            Unconfigured = provider.Item2 ? null : "No key.",
        }).ToArray());

    private static readonly Gen<(TextToSpeechOptions Options, SpeechCall Call)> Request = Gen.Select(
        Pick(null!, "default", "narrator", "a:x", "B:Y", "c:z"), Pick(null!, "en", "ru", "en-GB", "DE"), Pick(null!, "m0", "m1"), Gen.Int[0, 3], Gen.Bool,
        Pick("", "a", "d,c", "b,B,a,b", "pin:a", "pin:C"),
        (voice, language, model, speed, ssml, providers) => (
            new TextToSpeechOptions { VoiceId = voice, Language = language, ModelId = model, AudioFormat = "wav", Speed = speed == 0 ? null : speed },
            new SpeechCall
            {
                Ssml = ssml,
                Provider = providers.StartsWith("pin:", StringComparison.Ordinal) ? providers[4..] : null,
                Providers = providers.Contains(':', StringComparison.Ordinal) ? [] : providers.Split(',', StringSplitOptions.RemoveEmptyEntries),
            }));

    [Fact]
    public void Plan_AnyRequest_IsOfTargetsThatCanDoItInTheOrderAsked() =>
        Gen.Select(Providers, Request, Pick("Hello", "Привет", "Longer text")).Sample((providers, request, text) => IsRight(providers, request.Options, request.Call, text), iter: 3000);

    private static void IsRight(SpeechProvider[] providers, TextToSpeechOptions options, SpeechCall call, string text)
    {
        IReadOnlyList<SynthesisTarget> plan;
        try
        {
            plan = TestCatalog.Planner(TestCatalog.Of(providers)).Plan(text, options.WithCall(call));
        }
        catch (ProblemException)
        {
            return;
        }

        var language = options.Language ?? WrittenLanguage.Detect(text);
        var order = plan.Select(target => target.Provider.Name).ToList();
        Assert.NotEmpty(plan);
        Assert.Equal(order.Distinct(), order);
        Assert.All(plan, target =>
        {
            Assert.Null(target.Provider.Unconfigured);
            Assert.Contains(target.Model, target.Provider.SynthesisModels);
            Assert.Contains(target.Voice, target.Model.Voices);
            Assert.Equal(options.ModelId ?? target.Model.Id, target.Model.Id);
            Assert.True(language is null || (LanguageTag.Covers(target.Model.Languages, language) && LanguageTag.Covers(target.Voice.Languages, language)));
            Assert.InRange(target.Speed, target.Model.Speed.Min, target.Model.Speed.Max);
            Assert.Equal(options.Speed ?? 1, target.Speed);
            Assert.True(target.Model.Ssml || !call.Ssml);
            Assert.True(TextLength.Of(text, BillingUnit.Characters) <= target.Model.Limit.Amount);
            if (options.VoiceId?.Split(':') is [var provider, var id])
            {
                Assert.Equal((provider, id), (target.Provider.Name, target.Voice.Id), new BlindToCase());
            }
        });
        Assert.True(call.Provider is null || order is [var only] && only.Equals(call.Provider, StringComparison.OrdinalIgnoreCase));
        var allowed = call.Providers.Count > 0 ? call.Providers : Names;
        var positions = order.Select(name => allowed.ToList().FindIndex(one => one.Equals(name, StringComparison.OrdinalIgnoreCase))).ToList();
        Assert.DoesNotContain(-1, positions);
        Assert.Equal(positions.Order(), positions);
    }

    private static Gen<string> Pick(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private sealed class BlindToCase : IEqualityComparer<(string, string)>
    {
        public bool Equals((string, string) x, (string, string) y) => $"{x}".Equals($"{y}", StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string, string) obj) => 0;
    }
}
