namespace DurableApp;

/// <summary>The input of <see cref="Orchestrations.Mixed"/>.</summary>
/// <param name="Number">What the result is made of.</param>
/// <param name="Index">How often the instance has continued as new.</param>
/// <param name="Sum">The result so far.</param>
public sealed record Round(int Number, int Index, int Sum);
