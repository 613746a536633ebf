using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Problems;

/// <summary>The <c>X-Request-Id</c> of a request: the client's own when it is 1 to 128 letters, digits, dots, underscores or dashes, else a new one.</summary>
internal static class RequestId
{
    public const string Header = "X-Request-Id";
    private const int MaxLength = 128;

    public static void Assign(HttpContext context)
    {
        var sent = context.Request.Headers[Header];
        context.TraceIdentifier = sent is [{ Length: > 0 and <= MaxLength } id] && id.All(IsAllowed) ? id : Random.Shared.GetHexString(32, lowercase: true);
        Announce(context);
    }

    public static void Announce(HttpContext context) => context.Response.Headers[Header] = context.TraceIdentifier;

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-';
}
