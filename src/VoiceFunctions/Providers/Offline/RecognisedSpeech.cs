namespace VoiceFunctions.Providers.Offline;

/// <summary>What the recogniser made of one segment.</summary>
/// <param name="Text">Empty when it heard nothing.</param>
/// <param name="Tokens">Tokens generated, the end included.</param>
/// <param name="LogProbability">Sum of their natural logarithms of probability.</param>
internal readonly record struct RecognisedSpeech(string Text, int Tokens, double LogProbability)
{
    /// <summary>Mean logarithm of a token's probability: how sure the recogniser is.</summary>
    public double Mean => Tokens == 0 ? 0 : LogProbability / Tokens;
}
