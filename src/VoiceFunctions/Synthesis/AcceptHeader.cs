using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace VoiceFunctions.Synthesis;

/// <summary>Whether a caller wants speech as audio, the default, or as JSON with the audio in it.</summary>
internal static class AcceptHeader
{
    private const string Json = "application/json";

    public static bool PrefersJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            return false;
        }

        var json = 0d;
        var audio = 0d;
        foreach (var type in accepted)
        {
            var quality = type.Quality ?? 1;
            if (type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase))
            {
                json = Math.Max(json, quality);
            }
            else if (type.Type.Equals("audio", StringComparison.OrdinalIgnoreCase) || type.MatchesAllTypes)
            {
                // A bare */* beside application/json, as many HTTP clients send, still means JSON.
                audio = Math.Max(audio, type.MatchesAllTypes ? quality / 2 : quality);
            }
        }

        return json > audio;
    }
}
