using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace VoiceFunctions.Providers;

/// <summary>The streaming half of the speech ports for clients that have nothing to give before they have everything: one update, made when it is first asked for.</summary>
internal static class WholeAnswer
{
    public static async IAsyncEnumerable<TextToSpeechResponseUpdate> StreamAsync(
        Func<CancellationToken, Task<TextToSpeechResponse>> speak, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var update in (await speak(cancellationToken)).ToTextToSpeechResponseUpdates())
        {
            yield return update;
        }
    }

    public static async IAsyncEnumerable<SpeechToTextResponseUpdate> StreamAsync(
        Func<CancellationToken, Task<SpeechToTextResponse>> listen, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var update in (await listen(cancellationToken)).ToSpeechToTextResponseUpdates())
        {
            yield return update;
        }
    }
}
