namespace EmbeddedFunctions.Tests.Triggers;

/// <summary>Fills a parameter beside the trigger with what a test gave.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ManualInputAttribute : Attribute;
