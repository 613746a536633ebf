namespace DurableApp;

/// <summary>One call of an activity.</summary>
/// <param name="Instance">The instance that the test has started.</param>
/// <param name="Name">Which call of that instance it is.</param>
/// <param name="Stamp">Made when the call was decided: a step that was decided twice would have two.</param>
/// <param name="Value">What it works on.</param>
public sealed record Step(string Instance, string Name, Guid Stamp, int Value);
