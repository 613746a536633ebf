using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VoiceFunctions.Security;
using VoiceFunctions.Telemetry;

namespace VoiceFunctions.Diagnosis;

/// <summary>Settings that nobody reads, that the app would refuse at its start, or that are worth a word.</summary>
internal static class SettingsCheck
{
    private const string Area = "settings";

    public static IEnumerable<Finding> Run(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var findings = Unknown(configuration).Concat(Refused(services)).ToList();
        if (findings.Count == 0) findings.Add(Finding.Ok(Area, "every setting is known and the app takes them all"));
        if (services.GetRequiredService<IOptionsMonitor<SecurityOptions>>() is { } security && Value(security) is { AllowAnonymous: true })
        {
            findings.Add(Finding.Note(Area, "Security__AllowAnonymous serves programs on this machine without a key", "right for a laptop, for nothing else"));
        }

        var exports = new[] { TelemetryServiceCollectionExtensions.Collector, TelemetryServiceCollectionExtensions.AzureMonitor }.Where(name => !string.IsNullOrEmpty(configuration[name])).ToList();
        findings.Add(Finding.Ok(Area, exports.Count == 0 ? "telemetry goes nowhere" : $"telemetry goes where {string.Join(" and ", exports)} say"));
        return findings;
    }

    /// <summary>Every section has an option type, which names it; the binder knows what the type has no room for.</summary>
    private static IEnumerable<Finding> Unknown(IConfiguration configuration)
    {
        foreach (var type in typeof(SettingsCheck).Assembly.GetTypes())
        {
            if (!type.Name.EndsWith("Options", StringComparison.Ordinal) || type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is not { IsLiteral: true } field) continue;
            var section = configuration.GetSection((string)field.GetRawConstantValue()!);
            if (section.Exists() && Complaint(type, section) is { } complaint) yield return Finding.Problem(Area, $"{section.Path.Replace(":", "__", StringComparison.Ordinal)}: {complaint}", "correct its spelling, or remove it");
        }
    }

    private static string? Complaint(Type type, IConfigurationSection section)
    {
        try
        {
            _ = section.Get(type, binder => binder.ErrorOnUnknownConfiguration = true);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            // Of a value that cannot be read the message has the value, which may be a key.
            var unknown = exception.Message.LastIndexOf(": ", StringComparison.Ordinal);
            return exception.InnerException is null && unknown > 0 ? $"no such setting as {exception.Message[(unknown + 2)..]}" : "a value is of the wrong kind";
        }
    }

    private static IEnumerable<Finding> Refused(IServiceProvider services)
    {
        IEnumerable<string> failures = [];
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (OptionsValidationException exception)
        {
            failures = exception.Failures;
        }
        catch (AggregateException exception)
        {
            failures = exception.InnerExceptions.OfType<OptionsValidationException>().SelectMany(inner => inner.Failures);
        }
        catch (InvalidOperationException)
        {
            // A value that does not bind, which has been told of.
            failures = [];
        }

        return failures.Select(failure => Finding.Problem(Area, failure, "the app does not start with it: correct it in local.settings.json or the environment"));
    }

    private static SecurityOptions? Value(IOptionsMonitor<SecurityOptions> options)
    {
        try
        {
            return options.CurrentValue;
        }
        catch (Exception exception) when (exception is OptionsValidationException or InvalidOperationException)
        {
            return null;
        }
    }
}
