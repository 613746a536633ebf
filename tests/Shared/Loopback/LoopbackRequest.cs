using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace VoiceFunctions.Testing.Loopback;

/// <summary>A request as it came in over the wire, kept for assertions.</summary>
public sealed record LoopbackRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>The parts of a multipart body in their order; empty for any other body.</summary>
    public IReadOnlyList<LoopbackPart> Parts { get; private init; } = [];

    /// <summary>A timestamp of <see cref="TimeProvider.System"/>, taken when the whole request was there.</summary>
    public long ArrivedAt { get; } = TimeProvider.System.GetTimestamp();

    public string Text => Encoding.UTF8.GetString(Body);

    public string? ContentType => Header("Content-Type");

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The only part of that name; <see langword="null"/> when there is none.</summary>
    public LoopbackPart? Part(string name) => Parts.SingleOrDefault(part => part.Name == name);

    /// <summary>The body as JSON. The caller disposes it.</summary>
    public JsonDocument Json() => JsonDocument.Parse(Body);

    internal static async Task<LoopbackRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = new LoopbackRequest(
            context.Request.Method,
            context.Request.Path.Value ?? "/",
            Flatten(context.Request.Query, StringComparer.Ordinal),
            Flatten(context.Request.Headers, StringComparer.OrdinalIgnoreCase),
            body.ToArray());
        return request with { Parts = await SplitAsync(request) };
    }

    private static Dictionary<string, string> Flatten(IEnumerable<KeyValuePair<string, StringValues>> values, StringComparer comparer) =>
        values.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), comparer);

    private static async Task<IReadOnlyList<LoopbackPart>> SplitAsync(LoopbackRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var parts = new List<LoopbackPart>();
        using var body = new MemoryStream(request.Body);
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), body);
        while (await reader.ReadNextSectionAsync() is { } section)
        {
            var disposition = section.GetContentDispositionHeader() ?? throw new InvalidDataException("A part without Content-Disposition.");
            using var content = new MemoryStream();
            await section.Body.CopyToAsync(content);
            var fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
            parts.Add(new LoopbackPart(
                HeaderUtilities.RemoveQuotes(disposition.Name).ToString(),
                fileName.HasValue ? HeaderUtilities.RemoveQuotes(fileName).ToString() : null,
                section.ContentType,
                content.ToArray()));
        }

        return parts;
    }
}
