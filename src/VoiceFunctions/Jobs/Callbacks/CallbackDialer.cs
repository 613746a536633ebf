using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>
/// Connects to receivers: resolves the name, looks at every address, and dials those very addresses, so that a name cannot lead to another one between the look
/// and the call.
/// </summary>
internal sealed class CallbackDialer(IOptions<CallbackOptions> options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <exception cref="AddressRefusedException">One of the addresses is not to be called. One is enough: the others may be there to hide it.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        if (!addresses.All(IsAllowed))
        {
            throw new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsAllowed(IPAddress address) => !PublicAddress.IsHosts(address) && (options.Value.AllowPrivateAddresses || PublicAddress.Is(address));
}
