namespace VoiceFunctions.Intent;

/// <summary>
/// Tells whether the answer to a chat message should be spoken, by rules for English and Russian. Pure, deterministic and thread-safe; linear in
/// the message, of which it reads the first 4,096 characters.
/// </summary>
/// <remarks>
/// The message becomes tokens, the rule tables (<see cref="EnglishRequests"/> and the like) find signals in them, and <see cref="Classify"/>
/// decides, from the user's own words down to the channel: a request for or against voice, what keeps the user from reading, what is made to be
/// heard, the conversation so far, the platform.
/// </remarks>
public sealed class VoiceIntentClassifier
{
    private const double Threshold = 0.5;
    private const int MaxFollowUpWords = 12;

    private readonly IReadOnlyList<SignalRule> _rules =
        [.. EnglishRequests.All, .. RussianRequests.All, .. EnglishCircumstances.All, .. RussianCircumstances.All];

    /// <summary>Never throws on a message's content; an empty message needs no voice.</summary>
    public VoiceIntent Classify(VoiceIntentRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);

        var message = SignalScan.Of(request.Message, _rules);
        if (message.WordCount == 0)
        {
            return new VoiceIntent { RespondWithVoice = false, Kind = VoiceIntentKind.None, Confidence = 0.9, Reasons = ["the message has no words"] };
        }

        if (message.Directive is { Signal: Signal.Refuse } refusal)
        {
            return new VoiceIntent { RespondWithVoice = false, Kind = VoiceIntentKind.None, Confidence = refusal.Weight, Reasons = [refusal.Reason] };
        }

        var channel = Channels.Of(request.Platform);
        return Wish(message, Conversation.Of(request.History, _rules), channel, request.Platform) is { } wish
            ? Suit(wish, message, channel, request.Platform)
            : Nothing(message);
    }

    private static VoiceIntent? Wish(SignalScan message, Conversation conversation, Channel channel, string? platform)
    {
        if (message.Directive is { Signal: Signal.Ask })
        {
            return Wanted(VoiceIntentKind.Explicit, message.For(Signal.Ask));
        }

        if (channel is Channel.Written or Channel.Soundless)
        {
            return null;
        }

        // Someone who cannot read now is not helped by having asked for text before.
        if (Weighty(message.For(Signal.Hindrance)) is { } hindrances)
        {
            return Wanted(VoiceIntentKind.Implicit, hindrances);
        }

        if (conversation.StandingRefusal is not null)
        {
            return null;
        }

        if (Weighty(message.For(Signal.Performance)) is { } performances)
        {
            return Wanted(VoiceIntentKind.Implicit, performances);
        }

        if (conversation.MessageSpoken)
        {
            return Wanted(VoiceIntentKind.Implicit, 0.8, "the message itself was spoken");
        }

        if (conversation.StandingAsk is { } standing)
        {
            return Wanted(VoiceIntentKind.Continuation, 0.9, $"voice was asked for from then on: {standing.Reason}");
        }

        if (conversation.LastAnswerSpoken && message.WordCount <= MaxFollowUpWords && message.For(Signal.FollowUp) is [var followUp, ..])
        {
            return Wanted(VoiceIntentKind.Continuation, followUp.Weight, "the last answer was spoken", followUp.Reason);
        }

        return channel == Channel.Spoken ? Wanted(VoiceIntentKind.Implicit, 0.85, $"answers on {platform} are spoken") : null;
    }

    private static VoiceIntent Suit(VoiceIntent wish, SignalScan message, Channel channel, string? platform)
    {
        if (channel == Channel.Soundless)
        {
            return wish with { RespondWithVoice = false, Kind = VoiceIntentKind.Unsuitable, Reasons = [.. wish.Reasons, $"{platform} carries no sound"] };
        }

        return message.For(Signal.Unspeakable) is [_, ..] obstacles
            ? wish with
            {
                RespondWithVoice = false,
                Kind = VoiceIntentKind.Unsuitable,
                Confidence = Together(obstacles),
                Reasons = [.. wish.Reasons, .. obstacles.Select(obstacle => obstacle.Reason)],
            }
            : wish;
    }

    private static VoiceIntent Nothing(SignalScan message)
    {
        var subjects = message.For(Signal.Subject);
        return new VoiceIntent
        {
            RespondWithVoice = false,
            Kind = VoiceIntentKind.None,
            Confidence = subjects is [] ? 0.8 : 0.9,
            Reasons = subjects is [] ? ["nothing asks for voice"] : [.. subjects.Select(subject => subject.Reason)],
        };
    }

    private static VoiceIntent Wanted(VoiceIntentKind kind, IReadOnlyList<SignalMatch> matches) =>
        Wanted(kind, Together(matches), [.. matches.Select(match => match.Reason)]);

    private static VoiceIntent Wanted(VoiceIntentKind kind, double confidence, params string[] reasons) =>
        new() { RespondWithVoice = true, Kind = kind, Confidence = confidence, Reasons = reasons };

    private static IReadOnlyList<SignalMatch>? Weighty(IReadOnlyList<SignalMatch> matches) => Together(matches) >= Threshold ? matches : null;

    /// <summary>Signals that agree make each other surer, but never certain.</summary>
    private static double Together(IReadOnlyList<SignalMatch> matches) =>
        Math.Round(Math.Min(0.99, 1 - matches.Aggregate(1.0, (doubt, match) => doubt * (1 - match.Weight))), 2);
}
