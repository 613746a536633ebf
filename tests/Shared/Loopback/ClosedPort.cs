using System.Net;
using System.Net.Sockets;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>A port of 127.0.0.1 that refuses connections. It stays bound and does not listen, so that no other test can be given it.</summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}/");
    }

    public Uri Endpoint { get; }

    public void Dispose() => _socket.Dispose();
}
