using VoiceFunctions.Security;
using VoiceFunctions.Security.Keys;

namespace VoiceFunctions.Tests.Security.Keys;

/// <summary>A key as its owner has it, and as storage does.</summary>
internal sealed record TestKey(string Text, AccessKey Stored)
{
    public static TestKey Make(AccessRights rights = AccessRights.All, string tenant = "acme", string name = "web")
    {
        var (id, secret) = (KeyText.NewId(), KeyText.NewSecret());
        return new TestKey(KeyText.Join(id, secret), new AccessKey(id, KeyHash.Of(secret), new Caller(tenant, name, rights) { KeyId = id }));
    }
}
