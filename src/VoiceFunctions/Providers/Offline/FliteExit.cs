namespace VoiceFunctions.Providers.Offline;

/// <summary>How <c>proc_exit</c> leaves the guest: there is no other way out of a running module than an exception.</summary>
internal sealed class FliteExit(int status) : Exception("flite has ended.")
{
    public int Status { get; } = status;
}
