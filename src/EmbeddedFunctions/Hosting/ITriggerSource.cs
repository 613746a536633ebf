namespace EmbeddedFunctions.Hosting;

/// <summary>Everything about one kind of trigger: what it refuses, what it binds, and when it runs its functions.</summary>
internal interface ITriggerSource
{
    /// <summary>The attribute of the parameter that makes a function one of this kind.</summary>
    Type Attribute { get; }

    /// <summary>Checks a function of this kind; every reason against it goes to <see cref="FunctionCandidate.Refuse"/>.</summary>
    /// <returns>Null when the refused declaration leaves nothing to bind.</returns>
    TriggerBinding? Bind(FunctionCandidate candidate);

    /// <summary>What is wrong with the functions together, asked when each was bound: one line each, naming the function.</summary>
    IEnumerable<string> FindConflicts();

    /// <summary>Starts to run what <see cref="TriggerBinding.Serve"/> was called with, in the background: an outage of storage is no reason to fail.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Starts no more executions, cancels those under way, and waits for them until the token is cancelled.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
