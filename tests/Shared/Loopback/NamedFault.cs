namespace VoiceFunctions.Testing.Loopback;

/// <summary>Faults by name, for theories: what a test case is told by must be printable. The date of <c>429 date</c> is 90 seconds from now.</summary>
public static class NamedFault
{
    public static Fault Of(string name, TimeProvider time) => name switch
    {
        "429 seconds" => Fault.RateLimited(7),
        "429 milliseconds" => Fault.RateLimitedMilliseconds(250),
        "429 date" => Fault.RateLimited(time.GetUtcNow().AddSeconds(90)),
        "reset" => Fault.ResetBeforeAnswer(),
        "reset in body" => Fault.ResetInBody(),
        "empty" => Fault.EmptyBody(),
        "malformed" => Fault.MalformedJson(),
        _ => Fault.Status(int.Parse(name)),
    };
}
