using EmbeddedFunctions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplication
{
    /// <summary>
    /// A builder with the configuration of the app: settings of host.json and local.settings.json beside the app, environment, command line.
    /// It listens on the configuration key <c>urls</c> (<c>--urls</c>, ASPNETCORE_URLS), by default http://127.0.0.1:7071.
    /// </summary>
    /// <exception cref="InvalidDataException">host.json or local.settings.json is malformed or asks for what the embedded runtime lacks.</exception>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args, EmbeddedSettings.OfThisProcess());
}
