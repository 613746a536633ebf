using Microsoft.Extensions.AI;
using VoiceFunctions.Audio;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Fallback;

/// <summary>Turns a synthesis as the caller asked for it into the targets that can make it, one for each provider that can, in order.</summary>
internal sealed class SynthesisPlanner(ProviderCatalog catalog, ProviderOrder order, VoiceProfiles profiles, AudioCapabilities audio)
{
    /// <param name="text">All that is to be spoken.</param>
    /// <param name="options">As the caller gave them.</param>
    /// <param name="inPieces">Whether the text will be cut to what each target takes, so that none is ruled out by its length.</param>
    /// <exception cref="ProblemException">Nobody can make it; the problem says what stands in the way.</exception>
    public IReadOnlyList<SynthesisTarget> Plan(string text, TextToSpeechOptions options, bool inPieces = false) => [.. Targets(text, options, inPieces)];

    /// <summary>The same, each target found when it is asked for: most calls are answered by the first.</summary>
    /// <exception cref="ProblemException">As above, told in the place of the first.</exception>
    public IEnumerable<SynthesisTarget> Targets(string text, TextToSpeechOptions options, bool inPieces = false)
    {
        var call = options.GetCall();
        var choice = VoiceChoice.Parse(options.VoiceId, profiles, catalog);
        var language = options.Language ?? choice.Profile?.Language ?? WrittenLanguage.Detect(SpokenText.Of(text, call.Ssml));
        var format = AudioFormats.Parse(options.AudioFormat);

        var any = false;
        List<Rejection> rejections = [];
        foreach (var provider in order.For(choice.Provider is null || call.Providers.Count > 0 ? call : call with { Provider = call.Provider ?? choice.Provider }))
        {
            var best = default(Rejection?);
            var target = default(SynthesisTarget);
            foreach (var model in choice.Models(provider, language))
            {
                var rejection = Consider(provider, model, out target);
                if (target is not null)
                {
                    break;
                }

                best = best is { } other && other > rejection ? other : rejection;
            }

            if (target is not null)
            {
                any = true;
                yield return target;
            }
            else if (best is { } worthTelling)
            {
                rejections.Add(worthTelling);
            }
        }

        if (!any)
        {
            throw RejectionProblem.For(rejections, language);
        }

        Rejection? Consider(SpeechProvider provider, SynthesisModel model, out SynthesisTarget? target)
        {
            target = null;
            if (options.ModelId is { } wanted && wanted != model.Id)
            {
                return Rejection.Model;
            }

            if (!choice.IsAt(provider, model))
            {
                return Rejection.Voice;
            }

            if ((language is not null && !LanguageTag.Covers(model.Languages, language)) || choice.Pick(provider, model, language) is not { } voice)
            {
                return Rejection.Language;
            }

            if (call.Ssml && !model.Ssml)
            {
                return Rejection.Ssml;
            }

            if (model.CanRead?.Invoke(text) is false)
            {
                return Rejection.Language;
            }

            var entry = choice.EntryFor(provider, model);
            var speed = options.Speed ?? entry?.Speed ?? 1;
            if (speed < model.Speed.Min || speed > model.Speed.Max)
            {
                return Rejection.Speed;
            }

            var asIs = model.Formats.Contains(format) && (call.SampleRate is null || call.SampleRate == model.SampleRate);
            if (!audio.OutputFormats.Contains(format) && !asIs)
            {
                return Rejection.Format;
            }

            if (!inPieces && model.Limits.Any(limit => TextLength.Of(text, limit.Unit) > limit.Amount))
            {
                return Rejection.Length;
            }

            target = new SynthesisTarget(provider, model, voice)
            {
                Language = language,
                Format = format,
                SampleRate = call.SampleRate,
                Speed = speed,
            };
            return null;
        }
    }
}
