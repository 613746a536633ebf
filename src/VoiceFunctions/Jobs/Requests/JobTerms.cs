using VoiceFunctions.Problems;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>What every kind of job can be ordered with, held against the limits of the contract.</summary>
internal sealed record JobTerms(string? Title, DateTimeOffset? Deadline, string? CallbackUrl, string? CallbackSecret)
{
    /// <summary>Shorter than <see cref="JobOptions.InboxRetention"/>, so that a job finds its source to the last.</summary>
    public static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(7);

    private const int MaxTitle = 200;
    private const int MaxUrl = 2048;
    private const int MinSecret = 16;
    private const int MaxSecret = 128;

    public static JobTerms Of(SynthesisJobRequest request) => new(request.Title, request.Deadline, request.CallbackUrl, request.CallbackSecret);

    public static JobTerms Of(TranscriptionJobRequest request) => new(request.Title, request.Deadline, request.CallbackUrl, request.CallbackSecret);

    public void Check(FieldErrors errors)
    {
        errors.AddIf(Title is { Length: 0 or > MaxTitle } || Title?.Any(char.IsControl) is true, "title", $"must have 1 to {MaxTitle} characters, none of them a control character.");
        errors.AddIf(CallbackSecret is { Length: < MinSecret or > MaxSecret }, "callbackSecret", $"must have {MinSecret} to {MaxSecret} characters.");
        errors.AddIf(CallbackUrl is null && CallbackSecret is not null, "callbackUrl", "is required with 'callbackSecret'.");
        if (CallbackUrl is not null)
        {
            errors.AddIf(CallbackSecret is null, "callbackSecret", "is required with 'callbackUrl': the message is signed with it.");
            errors.AddIf(
                CallbackUrl.Length > MaxUrl || !Uri.TryCreate(CallbackUrl, UriKind.Absolute, out var url) || !IsCallable(url),
                "callbackUrl",
                $"must be an http or https address of at most {MaxUrl} characters, without user, password and fragment.");
        }
    }

    /// <summary>When a job made now gives up.</summary>
    /// <exception cref="ProblemException">The caller's deadline has passed, or is too far off.</exception>
    public DateTimeOffset EndOf(DateTimeOffset now, TimeSpan unsaid) => Deadline switch
    {
        null => now + unsaid,
        { } deadline when deadline > now && deadline <= now + LongestDeadline => deadline.ToUniversalTime(),
        _ => throw ProblemException.InvalidField("deadline", $"must be a time within the next {LongestDeadline.Days} days."),
    };

    private static bool IsCallable(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && url.UserInfo.Length == 0 && url.Fragment.Length == 0 && url.Host.Length > 0;
}
