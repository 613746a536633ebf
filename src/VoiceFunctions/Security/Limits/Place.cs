using System.Threading.RateLimiting;

namespace VoiceFunctions.Security.Limits;

/// <summary>A request's place among those of its caller, and among all. It is given back when this is disposed of.</summary>
internal readonly struct Place(RateLimitLease own, RateLimitLease shared) : IDisposable
{
    public void Dispose()
    {
        shared.Dispose();
        own.Dispose();
    }
}
