using System.Buffers;
using System.Text;
using Wasmtime;

namespace VoiceFunctions.Providers.Offline;

/// <summary>
/// The operating system as flite sees it: its arguments, a clock that stands still, and one folder in memory where it may write one file. These are the
/// thirteen functions of <c>wasi_snapshot_preview1</c> that flite imports (WASI preview 1, witx/wasi_snapshot_preview1.witx); no disk and no other
/// file is within its reach.
/// </summary>
internal sealed class FliteSystem(IReadOnlyList<string> arguments, int maxFileBytes)
{
    public const string Folder = "/d";

    private const string Module = "wasi_snapshot_preview1";
    private const int FolderDescriptor = 3;
    private const int FileDescriptor = 4;
    private const int Success = 0, BadDescriptor = 8, TooLarge = 22, Invalid = 28;
    private const byte Directory = 3, RegularFile = 4;
    private readonly byte[][] _arguments = [.. arguments.Select(argument => Encoding.UTF8.GetBytes(argument + '\0'))];
    private readonly ArrayBufferWriter<byte> _file = new(64 * 1024);

    /// <summary>What flite wrote.</summary>
    public ReadOnlyMemory<byte> File => _file.WrittenMemory;

    public static void Define(Linker linker)
    {
        linker.DefineFunction(Module, "args_sizes_get", (Caller caller, int count, int size) => Of(caller).GetArgumentSizes(Memory(caller), count, size));
        linker.DefineFunction(Module, "args_get", (Caller caller, int pointers, int text) => Of(caller).GetArguments(Memory(caller), pointers, text));
        linker.DefineFunction(Module, "clock_time_get", (Caller caller, int _, long _, int time) => Write(Memory(caller), time, 0L));
        linker.DefineFunction(Module, "fd_close", (Caller _, int descriptor) => descriptor is >= 0 and <= FileDescriptor ? Success : BadDescriptor);
        linker.DefineFunction(Module, "fd_fdstat_get", (Caller caller, int descriptor, int status) => Describe(Memory(caller), descriptor, status));
        linker.DefineFunction(Module, "fd_fdstat_set_flags", (Caller _, int _, int _) => Success);
        linker.DefineFunction(Module, "fd_prestat_get", (Caller caller, int descriptor, int status) =>
            descriptor == FolderDescriptor ? Write(Memory(caller), status, (long)Folder.Length << 32) : BadDescriptor);
        linker.DefineFunction(Module, "fd_prestat_dir_name", (Caller caller, int descriptor, int name, int length) =>
            NameFolder(Memory(caller), descriptor, name, length));
        linker.DefineFunction(Module, "fd_read", (Caller caller, int _, int _, int _, int read) => Write(Memory(caller), read, 0));
        linker.DefineFunction(Module, "fd_seek", (Caller _, int _, long _, int _, int _) => Invalid);
        linker.DefineFunction(Module, "fd_write", (Caller caller, int descriptor, int vectors, int count, int written) =>
            Of(caller).WriteFile(Memory(caller), descriptor, vectors, count, written));
        linker.DefineFunction(Module, "path_open", (Caller caller, int _, int _, int _, int _, int _, long _, long _, int _, int opened) =>
            Write(Memory(caller), opened, FileDescriptor));
        linker.DefineFunction(Module, "proc_exit", (Caller _, int status) => throw new FliteExit(status));
    }

    private static FliteSystem Of(Caller caller) => (FliteSystem)caller.GetData()!;

    private static Memory Memory(Caller caller) => caller.GetMemory("memory")!;

    private int GetArgumentSizes(Memory memory, int count, int size)
    {
        memory.WriteInt32(count, _arguments.Length);
        memory.WriteInt32(size, _arguments.Sum(argument => argument.Length));
        return Success;
    }

    private int GetArguments(Memory memory, int pointers, int text)
    {
        foreach (var argument in _arguments)
        {
            memory.WriteInt32(pointers, text);
            argument.CopyTo(memory.GetSpan(text, argument.Length));
            pointers += sizeof(int);
            text += argument.Length;
        }

        return Success;
    }

    // fdstat: file type u8, flags u16 at 2, rights u64 at 8 and at 16.
    private static int Describe(Memory memory, int descriptor, int status)
    {
        if (descriptor is < 0 or > FileDescriptor) return BadDescriptor;
        memory.WriteInt64(status, descriptor == FolderDescriptor ? Directory : RegularFile);
        memory.WriteInt64(status + 8, -1);
        memory.WriteInt64(status + 16, -1);
        return Success;
    }

    private static int NameFolder(Memory memory, int descriptor, int name, int length)
    {
        if (descriptor != FolderDescriptor || length < Folder.Length) return BadDescriptor;
        Encoding.ASCII.GetBytes(Folder, memory.GetSpan(name, length));
        return Success;
    }

    // A vector is an address and a length, both u32. What goes to the standard streams is dropped: it may hold the text.
    private int WriteFile(Memory memory, int descriptor, int vectors, int count, int written)
    {
        var total = 0;
        for (var index = 0; index < count; index++, vectors += 8)
        {
            var length = memory.ReadInt32(vectors + 4);
            if (descriptor == FileDescriptor)
            {
                if (_file.WrittenCount + length > maxFileBytes) return TooLarge;
                _file.Write(memory.GetSpan(memory.ReadInt32(vectors), length));
            }

            total += length;
        }

        return Write(memory, written, total);
    }

    private static int Write(Memory memory, int address, int value)
    {
        memory.WriteInt32(address, value);
        return Success;
    }

    private static int Write(Memory memory, int address, long value)
    {
        memory.WriteInt64(address, value);
        return Success;
    }
}
