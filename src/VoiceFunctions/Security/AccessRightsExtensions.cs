namespace VoiceFunctions.Security;

internal static class AccessRightsExtensions
{
    private static readonly AccessRights[] Each = [AccessRights.Speak, AccessRights.Transcribe, AccessRights.Jobs, AccessRights.Usage, AccessRights.Admin];

    /// <summary>The names of the contract.</summary>
    public static IEnumerable<string> Names(this AccessRights rights) => Each.Where(right => rights.HasFlag(right)).Select(right => right.ToString().ToLowerInvariant());

    /// <summary>Reads names with commas between them; <see langword="null"/> when one of them is none.</summary>
    public static AccessRights? Parse(string names)
    {
        var rights = AccessRights.None;
        foreach (var name in names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var right = Each.FirstOrDefault(right => right.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));
            if (right == AccessRights.None)
            {
                return null;
            }

            rights |= right;
        }

        return rights;
    }
}
