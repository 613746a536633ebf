using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using VoiceFunctions.Tests.Stubs;

namespace VoiceFunctions.Tests.Storage;

/// <summary>One table in memory behind the real client: creates, upserts and gives back rows.</summary>
internal sealed class StubTable
{
    private readonly Dictionary<string, string> _rows = [];
    private bool _exists;

    public StubTable()
    {
        // The client, and so the transport, lives as long as the test.
        var options = new TableClientOptions { Transport = new HttpClientTransport(new StubHttpHandler(Answer)) };
        options.Retry.MaxRetries = 0;
        Client = new TableServiceClient("DefaultEndpointsProtocol=https;AccountName=stub;AccountKey=c3R1Yg==;EndpointSuffix=stub.example", options);
    }

    public TableServiceClient Client { get; }

    public bool Broken { get; set; }

    /// <summary>Gives back rows that were not written.</summary>
    public bool Forgetful { get; set; }

    public int Requests { get; private set; }

    public void Delete()
    {
        _exists = false;
        _rows.Clear();
    }

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        Requests++;
        var path = request.RequestUri!.AbsolutePath;
        if (Broken)
        {
            return Error(HttpStatusCode.ServiceUnavailable, "ServerBusy");
        }

        if (path == "/Tables")
        {
            _exists = true;
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }

        if (!_exists)
        {
            return Error(HttpStatusCode.NotFound, "TableNotFound");
        }

        if (request.Method == HttpMethod.Put)
        {
            using var reader = new StreamReader(request.Content!.ReadAsStream());
            var row = reader.ReadToEnd();
            _rows[path] = Forgetful ? row.Replace(Mark(row), Guid.NewGuid().ToString(), StringComparison.Ordinal) : row;
            return new HttpResponseMessage(HttpStatusCode.NoContent);
        }

        return _rows.TryGetValue(path, out var found) ? Json(HttpStatusCode.OK, found) : Error(HttpStatusCode.NotFound, "ResourceNotFound");
    }

    private static string Mark(string row) => (string)JsonNode.Parse(row)!["Mark"]!;

    private static HttpResponseMessage Error(HttpStatusCode status, string code) =>
        Json(status, "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"No.\"}}}");

    private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
