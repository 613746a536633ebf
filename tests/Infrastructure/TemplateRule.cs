namespace VoiceFunctions.Infrastructure;

/// <summary>Something that must hold of the template.</summary>
/// <param name="Name">What it is called in a test's output.</param>
/// <param name="Check">Gives a sentence for each breach.</param>
/// <param name="Breaks">Changes to a sound template, each of which is a breach.</param>
internal sealed record TemplateRule(string Name, Func<Template, IEnumerable<string>> Check, params Action<Template>[] Breaks);
