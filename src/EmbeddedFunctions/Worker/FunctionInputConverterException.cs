namespace Microsoft.Azure.Functions.Worker;

/// <summary>A value of the route does not convert to the type of the parameter that takes it.</summary>
public class FunctionInputConverterException(string? message, Exception? innerException) : FunctionWorkerException(message, innerException)
{
    public FunctionInputConverterException(string? message)
        : this(message, null)
    {
    }
}
