namespace Microsoft.Azure.Functions.Worker;

/// <summary>The key a caller needs. The embedded runtime keeps no keys, so it starts only with <see cref="Anonymous"/>.</summary>
public enum AuthorizationLevel
{
    Anonymous = 0,
    User = 1,
    Function = 2,
    System = 3,
    Admin = 4,
}
