using EmbeddedFunctions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets functions and the middleware registered after this call work with ASP.NET Core's HttpContext and results.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        AspNetCoreIntegration.AddTo(builder);
        return builder;
    }
}
