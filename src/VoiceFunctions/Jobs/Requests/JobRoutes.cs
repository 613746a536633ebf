namespace VoiceFunctions.Jobs.Requests;

/// <summary>Addresses of a job and its results, relative to the service: under which name a client reached it, only the client knows.</summary>
internal static class JobRoutes
{
    public static string Status(string id) => $"/api/jobs/{id}";

    public static string Cancel(string id) => $"/api/jobs/{id}/cancel";

    public static string Result(string id, string name) => $"/api/jobs/{id}/results/{Uri.EscapeDataString(name)}";
}
