namespace VoiceFunctions.Jobs.Requests;

/// <summary>The answer to who orders a job.</summary>
internal sealed record JobAcceptedDocument(string Id, string StatusUrl, string CancelUrl);
