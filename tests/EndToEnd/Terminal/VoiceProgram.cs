using System.Diagnostics;
using System.Text;
using VoiceFunctions.Testing;

namespace VoiceFunctions.EndToEnd.Terminal;

/// <summary>The program behind <c>./voice speak</c> and its like: in a pipe, or in a pseudo-terminal of util-linux's <c>script</c>.</summary>
internal sealed class VoiceProgram(Uri app, string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static string Path => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Repository.Program("VoiceCommand"))!, "voice.dll");

    public async Task<VoiceEnd> RunAsync(string[] arguments, byte[]? input = null)
    {
        using var process = Start("dotnet", [Path, .. arguments]);
        using var patience = Bound();
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output, patience.Token);
        if (input is not null) await process.StandardInput.BaseStream.WriteAsync(input, patience.Token);
        process.StandardInput.Close();
        await Task.WhenAll(copying, errors, WaitAsync(process, patience.Token));
        return new VoiceEnd(process.ExitCode, output.ToArray(), await errors);
    }

    /// <summary>What a user would see; Ctrl-C is pressed when <paramref name="interruptAt"/> has been shown.</summary>
    public async Task<VoiceEnd> RunInTerminalAsync(string[] arguments, string? interruptAt = null, params (string Name, string Value)[] environment)
    {
        var command = string.Join(' ', ((string[])["dotnet", Path, .. arguments]).Select(argument => $"'{argument}'"));
        using var process = Start("script", ["-qefc", $"stty cols 120 rows 40; {command}", "/dev/null"], environment);
        using var patience = Bound();
        var screen = new StringBuilder();
        var buffer = new char[4096];
        var isInterrupted = interruptAt is null;
        int read;
        while ((read = await process.StandardOutput.ReadAsync(buffer, patience.Token)) > 0)
        {
            screen.Append(buffer, 0, read);
            if (isInterrupted || !screen.ToString().Contains(interruptAt!, StringComparison.Ordinal)) continue;
            isInterrupted = true;
            await process.StandardInput.WriteAsync('\x03');
            await process.StandardInput.FlushAsync(patience.Token);
        }

        await WaitAsync(process, patience.Token);
        return new VoiceEnd(process.ExitCode, [], screen.ToString());
    }

    private static CancellationTokenSource Bound()
    {
        var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Patience);
        return bound;
    }

    private static async Task WaitAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private Process Start(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["VOICE_URL"] = app.ToString();
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
