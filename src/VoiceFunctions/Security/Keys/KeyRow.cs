using System.Globalization;
using Azure.Data.Tables;

namespace VoiceFunctions.Security.Keys;

/// <summary>A key as a row of the table <c>Keys</c>.</summary>
internal static class KeyRow
{
    private const string Salt = nameof(Salt);
    private const string Hash = nameof(Hash);

    public static TableEntity Write(string partition, AccessKey key)
    {
        var row = new TableEntity(partition, key.Id)
        {
            [Salt] = key.Hash.Salt.ToArray(),
            [Hash] = key.Hash.Hash.ToArray(),
            [nameof(Caller.Tenant)] = key.Caller.Tenant,
            [nameof(Caller.KeyName)] = key.Caller.KeyName,
            [nameof(Caller.Rights)] = string.Join(',', key.Caller.Rights.Names()),
            [nameof(AccessKey.CreatedAt)] = key.CreatedAt,
        };
        Set(row, nameof(Caller.RequestsPerMinute), key.Caller.RequestsPerMinute);
        // Table Storage has no decimals.
        Set(row, nameof(Caller.MonthlyBudgetUsd), key.Caller.MonthlyBudgetUsd?.ToString(CultureInfo.InvariantCulture));
        Set(row, nameof(AccessKey.ExpiresAt), key.ExpiresAt);
        Set(row, nameof(AccessKey.RevokedAt), key.RevokedAt);
        return row;
    }

    public static TableEntity Revocation(string partition, string id, DateTimeOffset now) => new(partition, id) { [nameof(AccessKey.RevokedAt)] = now };

    /// <exception cref="InvalidDataException">Somebody else has written the row.</exception>
    public static AccessKey Read(TableEntity row)
    {
        var (salt, hash, tenant, name) = (row.GetBinary(Salt), row.GetBinary(Hash), row.GetString(nameof(Caller.Tenant)), row.GetString(nameof(Caller.KeyName)));
        var rights = AccessRightsExtensions.Parse(row.GetString(nameof(Caller.Rights)) ?? string.Empty);
        var budget = row.GetString(nameof(Caller.MonthlyBudgetUsd));
        var usd = 0m;
        if (salt is null || hash is null || tenant is null || name is null || rights is null
            || (budget is not null && !decimal.TryParse(budget, NumberStyles.Number, CultureInfo.InvariantCulture, out usd)))
        {
            throw new InvalidDataException($"The row of the key {row.RowKey} is not as this app writes it.");
        }

        var caller = new Caller(tenant, name, rights.Value)
        {
            KeyId = row.RowKey,
            RequestsPerMinute = row.GetInt32(nameof(Caller.RequestsPerMinute)),
            MonthlyBudgetUsd = budget is null ? null : usd,
        };
        return new AccessKey(row.RowKey, new KeyHash(salt, hash), caller)
        {
            CreatedAt = row.GetDateTimeOffset(nameof(AccessKey.CreatedAt)) ?? default,
            ExpiresAt = row.GetDateTimeOffset(nameof(AccessKey.ExpiresAt)),
            RevokedAt = row.GetDateTimeOffset(nameof(AccessKey.RevokedAt)),
        };
    }

    private static void Set(TableEntity row, string property, object? value)
    {
        if (value is not null)
        {
            row[property] = value;
        }
    }
}
