namespace VoiceFunctions.Problems;

/// <summary>A kind of failure that a client can act on: the code it reads, and the status that goes with it.</summary>
public sealed record ProblemKind(string Code, int Status, string Title)
{
    public static readonly ProblemKind InvalidRequest = new("invalid_request", 400, "The request is not valid");
    public static readonly ProblemKind NotSupported = new("not_supported", 400, "This is not supported");
    public static readonly ProblemKind Unauthorized = new("unauthorized", 401, "A valid key is needed");
    public static readonly ProblemKind Forbidden = new("forbidden", 403, "This is not allowed");
    public static readonly ProblemKind NotFound = new("not_found", 404, "There is nothing here");
    public static readonly ProblemKind CacheMiss = new("cache_miss", 404, "The cache has no such result");
    public static readonly ProblemKind MethodNotAllowed = new("method_not_allowed", 405, "The method is not allowed here");
    public static readonly ProblemKind IdempotencyConflict = new("idempotency_conflict", 409, "The Idempotency-Key came before with another request");
    public static readonly ProblemKind JobFinished = new("job_finished", 409, "The job has ended");
    public static readonly ProblemKind ResultExpired = new("result_expired", 410, "The result is past its retention");
    public static readonly ProblemKind PayloadTooLarge = new("payload_too_large", 413, "The request is too large");
    public static readonly ProblemKind UnsupportedFormat = new("unsupported_format", 415, "The format cannot be served");
    public static readonly ProblemKind UndecodableAudio = new("undecodable_audio", 422, "The audio cannot be decoded");
    public static readonly ProblemKind NoAudio = new("no_audio", 422, "There is no audio in the file");
    public static readonly ProblemKind NotRecognised = new("not_recognised", 422, "The speech could not be made out");
    public static readonly ProblemKind UnsupportedLanguage = new("unsupported_language", 422, "No provider has the language");
    public static readonly ProblemKind TimingsUnavailable = new("timings_unavailable", 422, "No provider measured the timings");
    public static readonly ProblemKind RateLimited = new("rate_limited", 429, "Too many requests");
    public static readonly ProblemKind BudgetExceeded = new("budget_exceeded", 429, "The budget is used up");
    public static readonly ProblemKind ProvidersUnavailable = new("providers_unavailable", 503, "No provider could serve the request");
    public static readonly ProblemKind Overloaded = new("overloaded", 503, "The service is at its limit");
    public static readonly ProblemKind StorageUnavailable = new("storage_unavailable", 503, "Storage cannot be reached");
    public static readonly ProblemKind DeadlineExceeded = new("deadline_exceeded", 504, "The request's deadline passed");
    public static readonly ProblemKind InternalError = new("internal_error", 500, "Something is wrong on our side");
}
