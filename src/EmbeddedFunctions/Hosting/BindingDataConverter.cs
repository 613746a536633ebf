using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EmbeddedFunctions.Hosting;

/// <summary>
/// Text to the type of a parameter, in the order of the official worker's converters: as it is, Guid, date and time, bytes, and JSON for the rest. So
/// <c>007</c> is no int and <c>True</c> is no bool, whatever the route's constraint says.
/// </summary>
internal static class BindingDataConverter
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    public static bool TryConvert(string source, Type type, out object? value, [NotNullWhen(false)] out string? error)
    {
        error = null;
        value = null;
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsAssignableFrom(typeof(string)))
        {
            value = source;
        }
        else if (target == typeof(Guid) && Guid.TryParse(source, out var guid))
        {
            value = guid;
        }
        else if (target == typeof(DateTimeOffset) && DateTimeOffset.TryParse(source, CultureInfo.InvariantCulture, out var instant))
        {
            value = instant;
        }
        else if (target == typeof(DateTime) && DateTime.TryParse(source, CultureInfo.InvariantCulture, out var date))
        {
            value = date;
        }
        else if (type.IsAssignableFrom(typeof(byte[])))
        {
            value = Encoding.UTF8.GetBytes(source);
        }
        else
        {
            return TryParseJson(source, type, out value, out error);
        }

        return true;
    }

    private static bool TryParseJson(string source, Type type, out object? value, [NotNullWhen(false)] out string? error)
    {
        try
        {
            value = JsonSerializer.Deserialize(source, type, Json);
            error = null;
            return true;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            value = null;
            error = exception.ToString();
            return false;
        }
    }
}
