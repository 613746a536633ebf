using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedFunctions.Hosting;

/// <summary>Kestrel, with one clear line in place of a stack trace when its address is taken.</summary>
internal sealed class AddressGuard(IServer server, bool exit) : IServer
{
    public IFeatureCollection Features => server.Features;

    public static void AddTo(IServiceCollection services, bool exit)
    {
        var kestrel = services.Last(service => service.ServiceType == typeof(IServer));
        services.Remove(kestrel);
        services.AddSingleton<IServer>(provider =>
            new AddressGuard((IServer)ActivatorUtilities.CreateInstance(provider, kestrel.ImplementationType!), exit));
    }

    /// <exception cref="InvalidOperationException">The address is taken, and the process is not ours to end.</exception>
    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        try
        {
            await server.StartAsync(application, cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            var message = $"{exception.Message.TrimEnd('.')}. Choose another address with --urls, such as --urls http://127.0.0.1:7072.";
            if (exit)
            {
                // Thrown from here, it would be logged by the host and printed again, with its stack, by the runtime.
                await Console.Error.WriteLineAsync(message);
                Environment.Exit(1);
            }

            throw new InvalidOperationException(message, exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public void Dispose() => server.Dispose();
}
