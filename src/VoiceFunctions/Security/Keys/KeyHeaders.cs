using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Security.Keys;

/// <summary>Takes the key out of the headers: <c>Authorization: Bearer</c>, or <c>x-functions-key</c>. What could be read in two ways is refused and not chosen from.</summary>
internal static class KeyHeaders
{
    private const string FunctionsKey = "x-functions-key";
    private const string Bearer = "Bearer ";

    /// <summary><see langword="null"/> when no key was sent.</summary>
    /// <exception cref="ProblemException">Something else was sent in its place, or more than one.</exception>
    public static string? Read(IHeaderDictionary headers)
    {
        var (authorization, functionsKey) = (headers.Authorization, headers[FunctionsKey]);
        if (authorization.Count == 0 && functionsKey.Count == 0)
        {
            return null;
        }

        var bearer = authorization.Count == 0 ? null : Token(Single(authorization, "Authorization"));
        var key = functionsKey.Count == 0 ? null : Single(functionsKey, FunctionsKey);
        return bearer is null || key is null || bearer == key
            ? bearer ?? key
            : throw new ProblemException(ProblemKind.Unauthorized, $"Authorization and {FunctionsKey} have different keys. Send one.");
    }

    private static string Single(StringValues values, string header)
    {
        if (values is not [{ } value])
        {
            throw new ProblemException(ProblemKind.Unauthorized, $"{header} was sent more than once.");
        }

        return value.Length <= KeyText.MaxHeader ? value : throw new ProblemException(ProblemKind.Unauthorized, $"{header} is longer than any key.");
    }

    private static string Token(string authorization) => authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        ? authorization[Bearer.Length..].Trim()
        : throw new ProblemException(ProblemKind.Unauthorized, "Authorization must be 'Bearer <key>'.");
}
