using System.Net;
using System.Net.Sockets;

namespace VoiceFunctions.Testing;

/// <summary>
/// Ports for programs that have to be told one. They lie below those that the system gives to outgoing connections, any of which could else take one between its choice
/// and its use; each is given to one test of the process.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 10_000;
    private static int _last = Random.Shared.Next(Count);

    public static int Take()
    {
        while (true)
        {
            var port = First + ((Interlocked.Increment(ref _last) & int.MaxValue) % Count);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
    }
}
