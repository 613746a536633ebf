namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>The input of an activity.</summary>
/// <param name="Key">Which call it is, of all of a test run.</param>
/// <param name="Stamp">Made anew at every decision: two of them under one key are two decisions.</param>
/// <param name="Failures">How many runs fail.</param>
/// <param name="Note">What is to be noted of an earlier decision; null for nothing.</param>
public sealed record ModelWork(string Key, string Stamp, int Failures, string? Note);
