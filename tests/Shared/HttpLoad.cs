using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace VoiceFunctions.Testing;

/// <summary>Sends one request over and over on some connections, with as little work of its own as can be: the machine is the server's.</summary>
/// <param name="server">Whose processors are counted; <see langword="null"/> for a server of which only the answers count.</param>
/// <param name="address">Of the server.</param>
/// <param name="body">JSON.</param>
/// <param name="path">What to post it to.</param>
internal sealed class HttpLoad(ChildProcess? server, Uri address, string body, string path = "/api/tts")
{
    private readonly byte[] _request = Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>Answers a second, the microseconds of processors that the server spent on each, and how many there were.</summary>
    public async Task<(double Rate, double Microseconds, long Count)> RunAsync(TimeSpan duration, int connections = 16)
    {
        var (start, before) = (TimeProvider.System.GetTimestamp(), server?.CpuTime ?? default);
        var count = (await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => RepeatAsync(start, duration))))).Sum();
        return (count / TimeProvider.System.GetElapsedTime(start).TotalSeconds, ((server?.CpuTime ?? default) - before).TotalMicroseconds / count, count);
    }

    private async Task<long> RepeatAsync(long start, TimeSpan duration)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var buffer = new byte[256 * 1024];
        long count = 0;
        while (TimeProvider.System.GetElapsedTime(start) < duration)
        {
            await socket.SendAsync(_request);
            await ReceiveAsync(socket, buffer);
            count++;
        }

        return count;
    }

    private static async Task ReceiveAsync(Socket socket, byte[] buffer)
    {
        var (received, end) = (0, int.MaxValue);
        while (received < end)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(received));
            received += read > 0 ? read : throw new IOException("The server has closed the connection.");
            end = end == int.MaxValue ? End(buffer.AsSpan(0, received)) : end;
        }
    }

    /// <summary>Where the answer ends, as far as its head has come.</summary>
    private static int End(ReadOnlySpan<byte> received)
    {
        var head = received.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return int.MaxValue;
        }

        var name = received.IndexOf("\r\nContent-Length: "u8);
        return received.StartsWith("HTTP/1.1 200"u8) && name >= 0 && Utf8Parser.TryParse(received[(name + 18)..], out int length, out _)
            ? head + 4 + length
            : throw new InvalidDataException(Encoding.UTF8.GetString(received[..head]));
    }
}
