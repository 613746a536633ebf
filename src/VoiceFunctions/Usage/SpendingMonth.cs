using System.Globalization;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Usage;

/// <summary>A month (UTC) of the calls under one key's name. In the table <c>Usage</c> it has a row for every process that has served some.</summary>
internal readonly record struct SpendingMonth(string Tenant, string KeyName, int Year, int Month)
{
    private const char Separator = '_';

    /// <summary>The partition of a month's costs; that of a day's usage ends in eight digits.</summary>
    public string Partition => string.Create(CultureInfo.InvariantCulture, $"{KeySegment.Of(Tenant)}{Separator}{Year:0000}{Month:00}");

    /// <summary>Sorts before every row of this name.</summary>
    public string First => $"{KeySegment.Of(KeyName)}{Separator}";

    /// <summary>Sorts after every row of this name, and before those of others.</summary>
    public string End => $"{KeySegment.Of(KeyName)}{(char)(Separator + 1)}";

    public static SpendingMonth Of(string tenant, string keyName, DateTimeOffset now) => new(tenant, keyName, now.UtcDateTime.Year, now.UtcDateTime.Month);

    public string Row(string instance) => First + instance;
}
