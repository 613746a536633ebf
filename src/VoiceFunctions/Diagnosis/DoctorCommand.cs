using System.CommandLine;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace VoiceFunctions.Diagnosis;

/// <summary><c>doctor</c> on the command line: looks at everything that the app needs and says what to do about what is wrong. It installs and changes nothing.</summary>
internal static class DoctorCommand
{
    private const int DefaultPort = 7071;

    /// <param name="args">The command line, from <c>doctor</c> on.</param>
    /// <param name="build">Makes the app as it would run, without starting it.</param>
    /// <returns>1 when there is a problem, else 0.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Func<Action<IServiceCollection>, IHost> build)
    {
        var call = new Option<bool>("--call") { Description = "Have each configured provider say two characters, which it may bill." };
        var port = new Option<int>("--port") { Description = "Where the app is to listen.", DefaultValueFactory = _ => DefaultPort };
        var doctor = new Command("doctor", "Looks at the machine, the settings, storage, ports and providers.") { call, port };
        doctor.SetAction(async (parsed, cancellationToken) =>
        {
            var findings = new List<Finding>();
            await foreach (var finding in LookAsync(build, parsed.GetValue(call), parsed.GetValue(port), cancellationToken))
            {
                findings.Add(finding);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(FindingTable.Line(finding));
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync(FindingTable.Sum(findings));
            return findings.Exists(finding => finding.State == FindingState.Problem) ? 1 : 0;
        });
        return await new RootCommand("VoiceFunctions") { doctor }.Parse(args).InvokeAsync();
    }

    private static async IAsyncEnumerable<Finding> LookAsync(
        Func<Action<IServiceCollection>, IHost> build, bool call, int port, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var finding in MachineCheck.RunAsync(cancellationToken)) yield return finding;
        var (app, failure) = Build(build);
        var isLocal = app?.Services.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"] == "UseDevelopmentStorage=true";
        foreach (var finding in await PortCheck.RunAsync(port, isLocal, cancellationToken)) yield return finding;
        if (app is null)
        {
            yield return failure!;
            yield break;
        }

        using (app)
        {
            var settings = SettingsCheck.Run(app.Services).ToList();
            foreach (var finding in settings) yield return finding;
            if (settings.Exists(finding => finding.State == FindingState.Problem)) yield break;
            await foreach (var finding in StorageCheck.RunAsync(app.Services, cancellationToken)) yield return finding;
            await foreach (var finding in ProviderCheck.RunAsync(app.Services, call, cancellationToken)) yield return finding;
        }
    }

    /// <summary>The embedded runtime complains of each function by itself, and most complaints are the same.</summary>
    private static string Reasons(string message)
    {
        const string Method = "): ";
        var reasons = message.Split('\n').Where(line => line.Contains(Method, StringComparison.Ordinal)).Select(line => line[(line.IndexOf(Method, StringComparison.Ordinal) + Method.Length)..].Trim()).Distinct().ToList();
        return reasons.Count == 0 ? message.Trim() : string.Join(' ', reasons);
    }

    private static (IHost? App, Finding? Failure) Build(Func<Action<IServiceCollection>, IHost> build)
    {
        try
        {
            // What the app would log, the table says.
            return (build(services => services.AddLogging(logging => logging.ClearProviders())), null);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            return (null, Finding.Problem("settings", Reasons(exception.Message), "the app does not start: ./voice run makes local.settings.json out of the example; README.md has the settings"));
        }
    }
}
