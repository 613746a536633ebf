using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>The <c>Idempotency-Key</c> of a request: 1 to 255 printable ASCII characters. Each tenant has its own.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    private const int MaxLength = 255;

    /// <returns><see langword="null"/> when there is none.</returns>
    /// <exception cref="ProblemException">It is no such key.</exception>
    public static string? Read(HttpRequest http) => http.Headers[Header] switch
    {
        [] => null,
        [{ Length: > 0 and <= MaxLength } key] when key.All(character => character is > ' ' and <= '~') => key,
        _ => throw ProblemException.InvalidField(Header, $"must be one value of 1 to {MaxLength} visible ASCII characters."),
    };
}
