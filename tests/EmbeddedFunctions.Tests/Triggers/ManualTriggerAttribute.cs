using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EmbeddedFunctions.Tests.Triggers;

/// <summary>Starts a function when a test says so.</summary>
public sealed class ManualTriggerAttribute : TriggerBindingAttribute;
