using Microsoft.Extensions.AI;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Security.Budgets;

/// <summary>Holds each recognition to its key's budget.</summary>
internal sealed class BudgetedSpeechToTextClient(ISpeechToTextClient inner, BudgetKeeper budgets) : DelegatingSpeechToTextClient(inner)
{
    public override Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var asked = options.GetCall();
        return asked.MonthlyBudgetUsd is null
            ? InnerClient.GetTextAsync(audioSpeechStream, options, cancellationToken)
            : budgets.SpendAsync(
                asked, call => InnerClient.GetTextAsync(audioSpeechStream, call == asked ? options : options!.Clone().WithCall(call), cancellationToken), cancellationToken);
    }

    public override IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        WholeAnswer.StreamAsync(token => GetTextAsync(audioSpeechStream, options, token), cancellationToken);
}
