using System.Text.Json;
using System.Text.RegularExpressions;

namespace VoiceFunctions.Problems;

/// <summary>Says what is wrong with a JSON body in the caller's terms: the field, what it must be, never the name of a .NET type.</summary>
internal static partial class JsonProblem
{
    public static ProblemException From(JsonException exception)
    {
        if (UnknownMember().Match(exception.Message) is { Success: true } unknown)
        {
            return ProblemException.InvalidField(unknown.Groups["name"].Value, "is not a field of this request.");
        }

        if (DuplicateMember().Match(exception.Message) is { Success: true } duplicate)
        {
            return ProblemException.InvalidField(duplicate.Groups["name"].Value, "is given twice.");
        }

        if (MissingMember().Match(exception.Message) is { Success: true } missing)
        {
            return ProblemException.InvalidField(missing.Groups["name"].Value, "is required.");
        }

        if (exception is { Path: "$", InnerException: not JsonException })
        {
            return new ProblemException(ProblemKind.InvalidRequest, "The body must be a JSON object.");
        }

        return exception.Path is ['$', '.', .. { Length: > 0 } field] && exception.InnerException is not JsonException
            ? ProblemException.InvalidField(field, "is not of the right type, or not one of the values allowed.")
            : new ProblemException(ProblemKind.InvalidRequest, $"The body is not valid JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}).");
    }

    // System.Text.Json names these members in the message only.
    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 100)]
    private static partial Regex UnknownMember();

    [GeneratedRegex("missing required properties including: '(?<name>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex MissingMember();

    [GeneratedRegex("^Duplicate property '(?<name>.*)' encountered", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 100)]
    private static partial Regex DuplicateMember();
}
