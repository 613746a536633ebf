namespace EmbeddedFunctions.Tests.Durability.Model;

/// <summary>What a process that has crashed would see if it could see anything.</summary>
internal sealed class ProcessCrashedException() : Exception("The process has crashed.");
