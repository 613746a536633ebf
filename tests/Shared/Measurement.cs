namespace VoiceFunctions.Testing;

/// <summary>
/// Notes what a test measured: in its own output, which a runner shows only for tests that fail, and in the file that <c>VOICE_MEASUREMENTS</c> names,
/// which <c>./voice test</c> prints at its end.
/// </summary>
internal static class Measurement
{
    private static readonly Lock Gate = new();

    public static void Note(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        if (Environment.GetEnvironmentVariable("VOICE_MEASUREMENTS") is { Length: > 0 } file)
        {
            lock (Gate)
            {
                File.AppendAllLines(file, [line]);
            }
        }
    }
}
