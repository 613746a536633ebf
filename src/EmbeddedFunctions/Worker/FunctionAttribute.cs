namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a public method as a function of the app; the name is what routes, settings and logs call it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
