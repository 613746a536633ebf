namespace VoiceFunctions.Jobs.Callbacks;

/// <summary>The name of a receiver leads to an address that is not called.</summary>
internal sealed class AddressRefusedException() : Exception("The receiver's address is not one of the public internet.");
