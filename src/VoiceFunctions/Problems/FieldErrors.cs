using System.Text.RegularExpressions;

namespace VoiceFunctions.Problems;

/// <summary>Collects what is wrong with a request, so that the caller learns all of it at once.</summary>
internal sealed partial class FieldErrors
{
    private const int MaxProviders = 16;

    private readonly Dictionary<string, List<string>> _errors = [];

    public void Add(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
        {
            _errors[field] = messages = [];
        }

        messages.Add(message);
    }

    public void AddIf(bool wrong, string field, string message)
    {
        if (wrong)
        {
            Add(field, message);
        }
    }

    public void CheckLanguage(string? language) =>
        AddIf(language is not null && !LanguageTag().IsMatch(language), "language", "must be a BCP-47 tag such as 'en' or 'en-GB'.");

    public void CheckProviders(string? provider, IReadOnlyList<string>? providers)
    {
        AddIf(provider is not null && providers is not null, "provider", "cannot be given together with 'providers'.");
        AddIf(providers is { Count: 0 or > MaxProviders } || providers?.Any(string.IsNullOrEmpty) is true, "providers", $"must list 1 to {MaxProviders} names.");
    }

    /// <exception cref="ProblemException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            var detail = string.Join(" ", _errors.SelectMany(field => field.Value.Select(message => $"{field.Key} {message}")));
            throw new ProblemException(ProblemKind.InvalidRequest, detail) { Errors = _errors.ToDictionary(field => field.Key, field => field.Value.ToArray()) };
        }
    }

    // RFC 5646, the shape only: a primary language of letters, then subtags.
    [GeneratedRegex("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex LanguageTag();
}
