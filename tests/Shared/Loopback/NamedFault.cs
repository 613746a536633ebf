namespace VoiceFunctions.Testing.Loopback;

/// <summary>Faults by name, for theories: what a test case is told by must be printable. The date of <c>429 date</c> is 90 seconds from now.</summary>
public static class NamedFault
{
    public static Fault Of(string name, TimeProvider time) => name switch
    {
        "429 seconds" => Fault.RateLimited(7),
        "429 milliseconds" => Fault.RateLimitedMilliseconds(250),
        "429 date" => Fault.RateLimited(time.GetUtcNow().AddSeconds(90)),
        // OpenAI's way of saying that the account is empty.
        "429 funds" => Fault.Body(_ => LoopbackReply.Json("""{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}""", 429)),
        "reset" => Fault.ResetBeforeAnswer(),
        "reset in body" => Fault.ResetInBody(),
        "empty" => Fault.EmptyBody(),
        "malformed" => Fault.MalformedJson(),
        _ => Fault.Status(int.Parse(name)),
    };
}
