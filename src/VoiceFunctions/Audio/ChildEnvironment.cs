using System.Collections;

namespace VoiceFunctions.Audio;

/// <summary>What a child process is left of the app's environment: settings hold keys, and a child parses what strangers send.</summary>
internal static class ChildEnvironment
{
    /// <summary>Every variable but those that a program needs to be found and to run, each to be unset. Looked up anew each time: a host puts settings there after the app has begun.</summary>
    public static Dictionary<string, string?> WithoutSettings()
    {
        var environment = new Dictionary<string, string?>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name and not ("PATH" or "Path" or "LD_LIBRARY_PATH" or "SystemRoot" or "TMPDIR" or "TEMP" or "ESPEAK_DATA_PATH")) environment[name] = null;
        }

        return environment;
    }
}
