using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using VoiceFunctions.EndToEnd.Hosting;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Security;

/// <summary>Keys from the terminal that makes them to the app that is called with them.</summary>
public sealed class KeyTests : IAsyncLifetime
{
    private readonly StorageEmulator _storage = new();
    private VoiceApp? _app;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private HttpClient Client => _app!.Client;

    public async ValueTask InitializeAsync()
    {
        await _storage.StartAsync();
        _app = await VoiceApp.StartAsync(_storage, ("Security__AllowAnonymous", "false"), ("Security__KeyLifetime", "00:00:01"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await _storage.DisposeAsync();
    }

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("x-functions-key", "")]
    public async Task Call_WithAKey_IsServedWhateverItsHostAndOrigin(string header, string begin)
    {
        var key = await _storage.CreateKeyAsync("web");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/voices");
        request.Headers.Add(header, begin + key);
        request.Headers.Host = "voice.example";
        request.Headers.Add("Origin", "https://app.example");

        using var response = await Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Call_WithoutAGoodKey_IsUnauthorizedAndToldHowToCome()
    {
        var key = await _storage.CreateKeyAsync("web");
        string[] wrong = [key.WithOtherSecret(), $"vf_abcdefghijkl_{key[^43..]}", key[..^1], key + "A", key.ToUpperInvariant(), "sk-1234"];
        foreach (var route in new[] { "/api/voices", "/api/usage", "/api/nowhere" })
        {
            foreach (var other in wrong)
            {
                using var response = await Client.GetWithKeyAsync(route, other);
                var problem = await response.ExpectProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
                Assert.Equal("The key is not valid.", (string?)problem["detail"]);
                Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
            }

            using var none = await Client.GetAsync(new Uri(route, UriKind.Relative), Cancelled);
            await none.ExpectProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
        }
    }

    [Fact]
    public async Task Call_BeforeAnyKeyWasMade_IsUnauthorized()
    {
        using var response = await Client.GetWithKeyAsync("/api/voices", $"vf_abcdefghijkl_{new string('A', 43)}");

        await response.ExpectProblemAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task Call_AfterRevocation_EndsWithinTheLifetime()
    {
        var key = await _storage.CreateKeyAsync("web");
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(key)).Status);

        await _storage.RevokeKeyAsync(key);

        Assert.Equal("The key has been revoked.", await DetailOnceRefusedAsync(key));
    }

    [Fact]
    public async Task Call_AfterItsEnd_IsUnauthorized()
    {
        var key = await _storage.CreateKeyAsync("web", "--expires", "30d");
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(key)).Status);

        var table = new TableServiceClient(_storage.ConnectionString).GetTableClient("Keys");
        TableEntity row = await table.GetEntityAsync<TableEntity>("key", KeyTerminal.IdOf(key), cancellationToken: Cancelled);
        row["ExpiresAt"] = row.GetDateTimeOffset("CreatedAt");
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Cancelled);

        Assert.Equal("The key has expired.", await DetailOnceRefusedAsync(key));
    }

    [Fact]
    public async Task Call_WithoutTheRight_IsForbiddenByName()
    {
        var key = await _storage.CreateKeyAsync("web", "--rights", "speak");

        using var usage = await Client.GetWithKeyAsync("/api/usage", key);
        using var ready = await Client.GetWithKeyAsync("/api/health/ready", key);
        using var heard = await Client.SendWithKeyAsync(HttpMethod.Post, "/api/stt", key, new ByteArrayContent([]));
        using var spoken = await Client.SpeakWithKeyAsync(key, new { text = "Allowed.", format = "wav" });

        Assert.Contains("'usage'", (string?)(await usage.ExpectProblemAsync(HttpStatusCode.Forbidden, "forbidden"))["detail"], StringComparison.Ordinal);
        Assert.Contains("'admin'", (string?)(await ready.ExpectProblemAsync(HttpStatusCode.Forbidden, "forbidden"))["detail"], StringComparison.Ordinal);
        Assert.Contains("'transcribe'", (string?)(await heard.ExpectProblemAsync(HttpStatusCode.Forbidden, "forbidden"))["detail"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, spoken.StatusCode);
    }

    [Fact]
    public async Task Create_Key_IsShownOnceAndKeptNowhere()
    {
        var key = await _storage.CreateKeyAsync("ivr", "--tenant", "acme", "--rights", "speak,usage", "--rate", "60", "--budget", "12.5");
        Assert.Matches("^vf_[a-z0-9]{12}_[A-Za-z0-9_-]{43}$", key);

        var (code, list, _) = await KeyTerminal.RunKeysAsync(_storage.ConnectionString, "list");

        Assert.Equal(0, code);
        Assert.Matches($"(?m)^{KeyTerminal.IdOf(key)} +ivr +acme +speak,usage +60/min +\\$12.50 ", list);
        Assert.DoesNotContain(key[^43..], list, StringComparison.Ordinal);
        var rows = new TableServiceClient(_storage.ConnectionString).GetTableClient("Keys").QueryAsync<TableEntity>(cancellationToken: Cancelled);
        await foreach (var row in rows)
        {
            Assert.DoesNotContain(row, property => $"{property.Value}".Contains(key[^43..], StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("create")]
    [InlineData("create", "--name", "two words")]
    [InlineData("create", "--name", "../etc")]
    [InlineData("create", "--name", "web", "--tenant", "")]
    [InlineData("create", "--name", "web", "--rights", "speak,fly")]
    [InlineData("create", "--name", "web", "--rate", "0")]
    [InlineData("create", "--name", "web", "--budget", "-1")]
    [InlineData("create", "--name", "web", "--expires", "2001-01-01")]
    [InlineData("revoke", "web")]
    [InlineData("revoke", "abcdefghijkl")]
    [InlineData("destroy")]
    public async Task Terminal_WhatMakesNoSense_ChangesNothingAndSaysSo(params string[] args)
    {
        var (code, output, error) = await KeyTerminal.RunKeysAsync(_storage.ConnectionString, args);

        Assert.NotEqual(0, code);
        Assert.NotEmpty(error);
        Assert.DoesNotContain("vf_", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminal_StorageAway_SaysSoInOneLine()
    {
        var (code, _, error) = await KeyTerminal.RunKeysAsync("DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;TableEndpoint=http://127.0.0.1:1/a;", "list");

        Assert.Equal(1, code);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> ListAsync(string key)
    {
        using var response = await Client.GetWithKeyAsync("/api/voices", key);
        return (response.StatusCode, await response.ReadJsonAsync());
    }

    private async Task<string?> DetailOnceRefusedAsync(string key)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (status, body) = await ListAsync(key);
            if (status != HttpStatusCode.OK)
            {
                Assert.Equal(HttpStatusCode.Unauthorized, status);
                return (string?)body["detail"];
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(30), "The key still opens.");
        }
    }
}
