using System.Reflection;
using System.Text;
using CsCheck;
using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Caching;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Tests.Caching;

public sealed class SpeechCacheKeyTests
{
    private static readonly SynthesisKeyFields Synthesis = new()
    {
        Tenant = "t", Provider = "p", Variant = "v", Model = "m", Voice = "o", Language = "en", Format = "mp3", SampleRate = 24_000, Speed = 1,
        Pitch = null, Volume = null, Instructions = null, Ssml = false, Text = "Hello.",
    };

    private static readonly RecognitionKeyFields Recognition = new()
    {
        Tenant = "t", Provider = "p", Variant = "v", Model = "m", Language = "en", TextLanguage = null, SampleRate = null, Prompt = null, Diarize = false,
        ContentHash = new byte[32],
    };

    /// <summary>Properties of the options that change nothing about the bytes, and why.</summary>
    private static readonly Dictionary<string, string> WithoutEffect = new()
    {
        [nameof(SpeechCall.Providers)] = "Below the fallback there is one provider.",
        [nameof(SpeechCall.Cache)] = "How a result is looked for is no part of it.",
        [nameof(SpeechCall.KeyName)] = "Results are the tenant's.",
        [nameof(SpeechCall.MonthlyBudgetUsd)] = "What may be spent is no part of it.",
        [nameof(SpeechCall.Deadline)] = "When it is needed is no part of it.",
        [nameof(SpeechCall.AttemptTimeout)] = "How long it may take is no part of it.",
        [nameof(SpeechCall.StoreBeforeReturn)] = "When it is stored is no part of it.",
        [nameof(SpeechCall.Job)] = "What it is a part of is no part of it.",
        [nameof(SpeechCall.Chunk)] = "What it is a part of is no part of it.",
        [nameof(SpeechCall.Timings)] = "A result that lacks timings is made again; see CachedSpeech.Serves.",
        [nameof(SpeechCall.Container)] = "Found in the content, whose hash is in the key.",
        [nameof(SpeechCall.AudioSeconds)] = "Measured in the content, whose hash is in the key.",
    };

    private static readonly Gen<string?> Strings = Gen.OneOf(Gen.Const((string?)null), Gen.Const<string?>(string.Empty), Gen.String[Gen.Char, 0, 12].Select(text => (string?)text));

    private static readonly Gen<string> Required = Gen.String[Gen.Char, 0, 12];

    private static readonly Gen<float?> Floats = Gen.OneOf(Gen.Const((float?)null), Gen.Single[0.25f, 4f].Select(value => (float?)value));

    private static readonly Gen<int?> Integers = Gen.OneOf(Gen.Const((int?)null), Gen.Int.Select(value => (int?)value));

    private static readonly Gen<SynthesisKeyFields> SynthesisFields =
        from names in Required.Array[4]
        from optional in Strings.Array[6]
        from numbers in Floats.Array[3]
        from rate in Integers
        from ssml in Gen.Bool
        select new SynthesisKeyFields
        {
            Tenant = names[0], Provider = names[1], Variant = names[2], Text = names[3], Model = optional[0], Voice = optional[1], Language = optional[2],
            Format = optional[3], Instructions = optional[4], LexiconVersion = optional[5], Speed = numbers[0], Pitch = numbers[1], Volume = numbers[2],
            SampleRate = rate, Ssml = ssml,
        };

    private static readonly Gen<RecognitionKeyFields> RecognitionFields =
        from names in Required.Array[3]
        from optional in Strings.Array[4]
        from rate in Integers
        from diarize in Gen.Bool
        from hash in Gen.Byte.Array[32]
        select new RecognitionKeyFields
        {
            Tenant = names[0], Provider = names[1], Variant = names[2], Model = optional[0], Language = optional[1], TextLanguage = optional[2],
            Prompt = optional[3], SampleRate = rate, Diarize = diarize, ContentHash = hash,
        };

    [Fact]
    public void ToKey_OneSynthesisFieldChanged_ChangesTheKey() => Gen.Select(SynthesisFields, SynthesisFields).Sample((fields, others) =>
    {
        Assert.Equal(fields.ToKey(), (fields with { }).ToKey());
        AssertEachFieldCounts(fields, others, changed => changed.ToKey());
    });

    [Fact]
    public void ToKey_OneRecognitionFieldChanged_ChangesTheKey() => Gen.Select(RecognitionFields, RecognitionFields).Sample((fields, others) =>
    {
        Assert.Equal(fields.ToKey(), (fields with { ContentHash = fields.ContentHash.ToArray() }).ToKey());
        AssertEachFieldCounts(fields, others, changed => changed.ToKey());
    });

    [Fact]
    public void ToKey_FieldsRunIntoEachOther_DiffersWhereTheyPart() => Gen.String[Gen.Char, 1, 16].Sample(text =>
    {
        var keys = Enumerable.Range(0, text.Length + 1)
            .Select(cut => (Synthesis with { Model = text[..cut], Voice = text[cut..] }).ToKey())
            .Append((Synthesis with { Model = null, Voice = text }).ToKey())
            .Append((Synthesis with { Model = text, Voice = null }).ToKey());

        Assert.Equal(text.Length + 3, keys.Distinct().Count());
    });

    [Fact]
    public void ToKey_HalvesOfSurrogatePairs_AreToldApart() =>
        Assert.NotEqual((Synthesis with { Text = "\ud800" }).ToKey(), (Synthesis with { Text = "\ud801" }).ToKey());

    [Fact]
    public void ToKey_LongText_CountsToItsEnd()
    {
        var text = new string('x', 5000);

        Assert.NotEqual((Synthesis with { Text = text + "y" }).ToKey(), (Synthesis with { Text = text + "z" }).ToKey());
    }

    [Fact]
    public void ToKey_SynthesisAndRecognition_NeverMeet()
    {
        // The same fields in the same places.
        var hash = Encoding.Unicode.GetBytes("0123456789abcdef");
        var synthesis = Synthesis with { Text = "0123456789abcdef" };
        var recognition = Recognition with { ContentHash = hash };

        Assert.NotEqual(synthesis.ToKey(), recognition.ToKey());
    }

    [Fact]
    public void ToString_Key_Is64HexDigits() => Assert.Matches("^[0-9a-f]{64}$", new SpeechCacheKey(UInt128.One, UInt128.MaxValue).ToString());

    [Fact]
    public void ToKey_SameFields_IsTheSameInEveryVersion() =>
        // Computed by another program. A key that moves unnoticed costs every stored result.
        Assert.Equal("8ac652a76086fec7f44a0d6cac2af4ba1772caff6152a87bd6a371eebe7d8017", Synthesis.ToKey().ToString());

    [Fact]
    public void Of_EveryPropertyOfTheSynthesisOptions_IsInTheKeyOrHasNoEffect()
    {
        AssertAccountedFor(
            () => new TextToSpeechOptions().WithCall(new SpeechCall { Provider = "p" }),
            options => SynthesisKeyFields.Of("text", options, "v")?.ToKey(),
            (options, call) => options.WithCall(call),
            [nameof(SpeechCall.Prompt), nameof(SpeechCall.Diarize)]);
    }

    [Fact]
    public void Of_EveryPropertyOfTheRecognitionOptions_IsInTheKeyOrHasNoEffect()
    {
        AssertAccountedFor(
            () => new SpeechToTextOptions().WithCall(new SpeechCall { Provider = "p" }),
            options => RecognitionKeyFields.Of(new byte[32], options, "v")?.ToKey(),
            (options, call) => options.WithCall(call),
            [nameof(SpeechCall.SampleRate), nameof(SpeechCall.Instructions), nameof(SpeechCall.Ssml)]);
    }

    [Fact]
    public void Of_WhatNoKeyCanName_GoesPastTheCache()
    {
        var raw = new TextToSpeechOptions { RawRepresentationFactory = _ => new object() }.WithCall(new SpeechCall { Provider = "p" });
        var more = new SpeechToTextOptions().WithCall(new SpeechCall { Provider = "p" });
        more.AdditionalProperties!["temperature"] = 0.5;

        Assert.Null(SynthesisKeyFields.Of("text", raw, "v"));
        Assert.Null(RecognitionKeyFields.Of(new byte[32], more, "v"));
    }

    private static void AssertEachFieldCounts<T>(T fields, T others, Func<T, SpeechCacheKey> key)
        where T : notnull
    {
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var changed = Clone(fields);
            var (mine, other) = (property.GetValue(fields), property.GetValue(others));
            property.SetValue(changed, other);
            var same = mine is ReadOnlyMemory<byte> bytes ? bytes.Span.SequenceEqual(((ReadOnlyMemory<byte>)other!).Span) : Equals(mine, other);
            Assert.True(same == (key(changed) == key(fields)), $"{property.Name}: {mine} and {other}");
        }
    }

    private static void AssertAccountedFor<T>(Func<T> make, Func<T, SpeechCacheKey?> key, Func<T, SpeechCall, T> with, string[] ofTheOtherOperation)
        where T : notnull
    {
        var plain = key(make());
        Assert.NotNull(plain);
        foreach (var property in typeof(T).GetProperties().Where(property => property.CanWrite && property.Name != "AdditionalProperties"))
        {
            var options = make();
            property.SetValue(options, Other(property.PropertyType, property.GetValue(options)));
            Assert.True(key(options) != plain, $"{typeof(T).Name}.{property.Name} changes the result and not the key.");
        }

        foreach (var property in typeof(SpeechCall).GetProperties().Where(property => property.CanWrite))
        {
            var call = Clone(new SpeechCall { Provider = "p" });
            property.SetValue(call, Other(property.PropertyType, property.GetValue(call)));
            var counts = key(with(make(), call)) != plain;
            var exempt = WithoutEffect.ContainsKey(property.Name) || ofTheOtherOperation.Contains(property.Name);
            Assert.True(counts != exempt, $"SpeechCall.{property.Name} is {(counts ? "in the key and" : "neither in the key nor")} on the list of what has no effect.");
        }
    }

    private static object Other(Type type, object? value) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var plain when plain == typeof(string) => $"{value}-other",
        var plain when plain == typeof(bool) => value is not true,
        var plain when plain == typeof(float) => 1.25f,
        var plain when plain == typeof(double) => 1.25,
        var plain when plain == typeof(decimal) => 1.25m,
        var plain when plain == typeof(int) => 8000,
        var plain when plain == typeof(TimeSpan) => TimeSpan.FromSeconds(7),
        var plain when plain == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch,
        var plain when plain == typeof(CacheMode) => CacheMode.Only,
        var plain when plain == typeof(TimingKinds) => TimingKinds.Word,
        var plain when plain == typeof(AudioContainer) => AudioContainer.Flac,
        var plain when plain == typeof(IReadOnlyList<string>) => new[] { "other" },
        var plain when plain == typeof(Func<ITextToSpeechClient, object>) => new Func<ITextToSpeechClient, object>(_ => new object()),
        var plain when plain == typeof(Func<ISpeechToTextClient, object>) => new Func<ISpeechToTextClient, object>(_ => new object()),
        _ => throw new NotSupportedException($"Teach this test another value of {type}."),
    };

    private static T Clone<T>(T record) => (T)typeof(T).GetMethod("<Clone>$")!.Invoke(record, null)!;
}
