using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Load.Peers;

/// <summary>nginx as a caching proxy before the same provider: what a cache costs that does nothing else.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    /// <summary>What lies behind it goes to the provider each time.</summary>
    public const string PassPath = "/pass";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("voice-nginx-");
    private readonly Process _process;

    private Nginx(Uri provider, string key)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        var configuration = Path.Combine(_folder.FullName, "nginx.conf");
        File.WriteAllText(configuration, Configure(provider, key));
        _process = Process.Start(new ProcessStartInfo("nginx", ["-p", _folder.FullName, "-c", configuration, "-e", "stderr"]))!;
    }

    public Uri Address { get; }

    public static async Task<Nginx> StartAsync(Uri provider, string key)
    {
        var nginx = new Nginx(provider, key);
        try
        {
            await nginx.AnswersAsync();
            return nginx;
        }
        catch
        {
            await nginx.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // The master takes its workers with it.
            using var quit = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AnswersAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, Address.Port, patience.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(20, patience.Token);
            }
        }
    }

    /// <summary>A worker for each processor, as it comes; the cache in memory as far as the file system keeps it there. A key of the body needs the body in one buffer.</summary>
    private string Configure(Uri provider, string key) => $$"""
        daemon off;
        {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
        pid {{_folder.FullName}}/nginx.pid;
        worker_processes auto;
        events { worker_connections 2048; }
        http {
          access_log off;
          client_body_temp_path {{_folder.FullName}}/body;
          proxy_temp_path {{_folder.FullName}}/proxy;
          fastcgi_temp_path {{_folder.FullName}}/fastcgi;
          uwsgi_temp_path {{_folder.FullName}}/uwsgi;
          scgi_temp_path {{_folder.FullName}}/scgi;
          proxy_cache_path {{_folder.FullName}}/cache keys_zone=speech:10m max_size=1g;
          upstream provider { server {{provider.Host}}:{{provider.Port}}; keepalive 64; }
          server {
            listen 127.0.0.1:{{Address.Port}};
            keepalive_requests 100000000;
            client_body_buffer_size 64k;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Authorization "Bearer {{key}}";
            location {{PassPath}}/ {
              proxy_pass http://provider/;
            }
            location / {
              proxy_pass http://provider;
              proxy_cache speech;
              proxy_cache_methods POST;
              proxy_cache_key "$request_uri|$request_body";
              proxy_cache_valid 200 1h;
              proxy_cache_lock on;
            }
          }
        }
        """;
}
