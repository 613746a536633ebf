namespace VoiceFunctions.Jobs;

/// <summary>That a job is to be looked at, and when.</summary>
/// <param name="Key">Of the entry's row.</param>
/// <param name="Tenant">Whose job it is.</param>
/// <param name="Id">Of the job.</param>
/// <param name="CreatedAt">When the job was made, or was to be: a crash may have kept its record from being written.</param>
internal sealed record AgendaEntry(string Key, string Tenant, string Id, DateTimeOffset CreatedAt);
