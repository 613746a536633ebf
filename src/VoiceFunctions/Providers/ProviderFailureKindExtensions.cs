using System.Text.Json;

namespace VoiceFunctions.Providers;

internal static class ProviderFailureKindExtensions
{
    /// <summary>The name on the wire, as in its JSON.</summary>
    public static string Name(this ProviderFailureKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
