namespace VoiceFunctions.Intent;

/// <summary>What the earlier turns say about the form of the next answer.</summary>
internal sealed record Conversation
{
    private const int MaxTurns = 20;
    private const int MaxTurnLength = 1_024;

    /// <summary>The assistant's last turn was spoken.</summary>
    public bool LastAnswerSpoken { get; private init; }

    /// <summary>The conversation ends with the user's own voice message, which nobody has answered yet.</summary>
    public bool MessageSpoken { get; private init; }

    /// <summary>The user's request for voice from then on, if nothing since took it back.</summary>
    public SignalMatch? StandingAsk { get; private init; }

    /// <summary>The user's request not to have voice, if nothing since took it back.</summary>
    public SignalMatch? StandingRefusal { get; private init; }

    public static Conversation Of(IReadOnlyList<VoiceIntentTurn>? history, IReadOnlyList<SignalRule> rules)
    {
        var conversation = new Conversation();
        foreach (var turn in history?.TakeLast(MaxTurns) ?? [])
        {
            conversation = turn.Role == VoiceIntentRole.Assistant
                ? conversation with { LastAnswerSpoken = turn.Voice == true, MessageSpoken = false }
                : conversation.AfterUser(turn, rules);
        }

        return conversation;
    }

    private Conversation AfterUser(VoiceIntentTurn turn, IReadOnlyList<SignalRule> rules)
    {
        var scan = SignalScan.Of(turn.Content, rules, MaxTurnLength);
        var heard = this with { MessageSpoken = turn.Voice == true };
        return scan.Directive switch
        {
            { Signal: Signal.Ask } ask => heard with { StandingAsk = scan.Has(Signal.Standing) ? ask : StandingAsk, StandingRefusal = null },
            { Signal: Signal.Refuse } refusal => heard with { StandingAsk = null, StandingRefusal = refusal },
            _ => heard,
        };
    }
}
