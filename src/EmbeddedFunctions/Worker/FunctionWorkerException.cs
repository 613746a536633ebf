namespace Microsoft.Azure.Functions.Worker;

public class FunctionWorkerException(string? message, Exception? innerException) : Exception(message, innerException)
{
    public FunctionWorkerException(string? message)
        : this(message, null)
    {
    }
}
