using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Microsoft.DurableTask.Client;

/// <summary>An instance as it was when it was asked for.</summary>
public sealed class OrchestrationMetadata(string name, string instanceId)
{
    private const int ShownPayload = 50;

    public string Name { get; } = name;

    public string InstanceId { get; } = instanceId;

    /// <summary>Null unless inputs and outputs were asked for.</summary>
    public DataConverter? DataConverter { get; init; }

    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUpdatedAt { get; init; }

    public string? SerializedInput { get; init; }

    public string? SerializedOutput { get; init; }

    public string? SerializedCustomStatus { get; init; }

    /// <summary>Of a failed instance, when inputs and outputs were asked for.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>Completed, failed or terminated.</summary>
    public bool IsCompleted =>
        RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadInputAs<T>() => Read<T>(SerializedInput);

    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadOutputAs<T>() => Read<T>(SerializedOutput);

    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Read<T>(SerializedCustomStatus);

    public override string ToString()
    {
        var text = new StringBuilder(
            $"[Name: '{Name}', ID: '{InstanceId}', RuntimeStatus: {RuntimeStatus}, CreatedAt: {CreatedAt:s}, LastUpdatedAt: {LastUpdatedAt:s}");
        Append("Input", SerializedInput);
        Append("Output", SerializedOutput);
        Append("FailureDetails", FailureDetails?.ToString());
        return text.Append(']').ToString();

        void Append(string label, string? payload)
        {
            if (payload is not null)
            {
                text.Append($", {label}: '{(payload.Length > ShownPayload ? $"{payload[..ShownPayload]}..." : payload)}'");
            }
        }
    }

    private T? Read<T>(string? payload)
    {
        ThrowUnlessRequested();
        return DataConverter.Deserialize<T>(payload);
    }

    [MemberNotNull(nameof(DataConverter))]
    private void ThrowUnlessRequested()
    {
        if (DataConverter is null)
        {
            throw new InvalidOperationException("The instance was fetched without its inputs and outputs: ask for them by getInputsAndOutputs.");
        }
    }
}
