using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Security.Budgets;

/// <summary>Holds each synthesis to its key's budget.</summary>
internal sealed class BudgetedTextToSpeechClient(ITextToSpeechClient inner, BudgetKeeper budgets) : DelegatingTextToSpeechClient(inner)
{
    public override Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = options.GetCall();
        return asked.MonthlyBudgetUsd is null
            ? InnerClient.GetAudioAsync(text, options, cancellationToken)
            : budgets.SpendAsync(
                asked, call => InnerClient.GetAudioAsync(text, call == asked ? options : options!.Clone().WithCall(call), cancellationToken), cancellationToken);
    }

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(
        string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetAudioAsync(text, options, token), cancellationToken);
}
