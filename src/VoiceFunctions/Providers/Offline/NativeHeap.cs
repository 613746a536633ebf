using System.Runtime.InteropServices;

namespace VoiceFunctions.Providers.Offline;

/// <summary>Gives back to the system what native engines have freed.</summary>
internal static class NativeHeap
{
    /// <summary>
    /// After the recogniser has been unloaded, glibc keeps 70 MB of what was freed, in the heaps of threads that are long gone; to give it back takes it
    /// 10 ms. Other C libraries have no such function.
    /// </summary>
    public static void Trim()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "malloc_trim", out _))
        {
            _ = Trim(0);
        }
    }

    [DllImport("libc.so.6", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint keep);
}
