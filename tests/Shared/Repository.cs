namespace VoiceFunctions.Testing;

/// <summary>Where things are in the working copy that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The app as it was built together with these tests.</summary>
    public static string App => Path.Combine(AppContext.BaseDirectory, "..", "..", "VoiceFunctions", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "VoiceFunctions.dll");

    public static string Azurite => Path.Combine(Root, "tools", "node_modules", "azurite", "dist", "src", "azurite.js");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "VoiceFunctions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the working copy.");
    }
}
