using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Providers;
using VoiceFunctions.Storage;

namespace VoiceFunctions.Security.Keys;

/// <summary>
/// <c>keys create|list|revoke</c> on the command line. It goes straight to the storage account, for no HTTP route gives out keys: whoever may make one is whoever may
/// write to storage.
/// </summary>
internal static class KeyCommand
{
    private const int MaxName = 64;
    private const AccessRights DefaultRights = AccessRights.All & ~AccessRights.Admin;

    private static readonly Option<string?> Account = new("--account")
    {
        Description = "The storage account in Azure, reached with your own identity. Default: what AzureWebJobsStorage says.",
        Recursive = true,
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var keys = new Command("keys", "Keys of the API, in the app's storage account.") { Create(), List(), Revoke(), Account };
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        try
        {
            return await new RootCommand("VoiceFunctions") { keys }.Parse(args).InvokeAsync(configuration);
        }
        catch (Exception exception) when (StorageFailure.Is(exception, CancellationToken.None) || exception is InvalidOperationException or FormatException or InvalidDataException)
        {
            // Storage that is away or not named is no defect, and a stack would say nothing.
            await configuration.Error.WriteLineAsync($"keys: {exception.GetBaseException().Message.Split('\n')[0].Trim()}");
            return 1;
        }
    }

    private static Command Create()
    {
        var name = Named("--name", "What the usage report calls it. A key that is to replace another takes its name, and what is left of the budget.");
        name.Required = true;
        var tenant = Named("--tenant", "Whose results, jobs and usage are the key's.");
        tenant.DefaultValueFactory = _ => SpeechCall.DefaultTenant;
        var rights = new Option<string>("--rights")
        {
            Description = $"Out of {string.Join(", ", AccessRights.All.Names())}; with commas between them.",
            DefaultValueFactory = _ => string.Join(',', DefaultRights.Names()),
        };
        rights.Validators.Add(option => Demand(
            option, AccessRightsExtensions.Parse(option.GetValueOrDefault<string>() ?? string.Empty) is not (null or AccessRights.None), $"must be out of {string.Join(", ", AccessRights.All.Names())}."));
        var rate = new Option<int?>("--rate") { Description = "Requests a minute on each instance. Default: Security__RequestsPerMinute." };
        rate.Validators.Add(option => Demand(option, option.GetValueOrDefault<int?>() is null or > 0, "must be above 0."));
        var budget = new Option<decimal?>("--budget") { Description = "US dollars a month (UTC). Default: no limit." };
        budget.Validators.Add(option => Demand(option, option.GetValueOrDefault<decimal?>() is null or >= 0, "must not be below 0."));
        var expires = new Option<DateTimeOffset?>("--expires") { Description = "The time at which it ends (ISO 8601, UTC), or days from now as 90d. Default: never.", CustomParser = Expiry };

        var create = new Command("create", "Makes a key and prints it: on standard output, this once.") { name, tenant, rights, rate, budget, expires };
        create.SetAction(async (parsed, cancellationToken) =>
        {
            var secret = KeyText.NewSecret();
            var id = KeyText.NewId();
            var caller = new Caller(parsed.GetRequiredValue(tenant), parsed.GetRequiredValue(name), AccessRightsExtensions.Parse(parsed.GetRequiredValue(rights))!.Value)
            {
                KeyId = id,
                RequestsPerMinute = parsed.GetValue(rate),
                MonthlyBudgetUsd = parsed.GetValue(budget),
            };
            var key = new AccessKey(id, KeyHash.Of(secret), caller) { CreatedAt = TimeProvider.System.GetUtcNow(), ExpiresAt = parsed.GetValue(expires) };
            await Table(parsed).AddAsync(key, cancellationToken);
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"Key {id}, '{caller.KeyName}' of the tenant '{caller.Tenant}', may {string.Join(", ", caller.Rights.Names())}. It is shown this once:");
            await parsed.InvocationConfiguration.Output.WriteLineAsync(KeyText.Join(id, secret));
            return 0;
        });
        return create;
    }

    private static Command List()
    {
        var list = new Command("list", "Lists the keys, those that are good no more too. Secrets are not kept, so none is shown.");
        list.SetAction(async (parsed, cancellationToken) =>
        {
            var keys = await Table(parsed).ListAsync(cancellationToken).ToListAsync(cancellationToken);
            await KeyReport.WriteAsync(parsed.InvocationConfiguration.Output, keys, TimeProvider.System.GetUtcNow());
            return 0;
        });
        return list;
    }

    private static Command Revoke()
    {
        var id = new Argument<string>("id") { Description = "The id of the key, as 'keys list' shows it." };
        id.Validators.Add(argument => Demand(argument, KeyText.IsId(argument.GetValueOrDefault<string>()), "must be the id of a key, not its name, and not the key itself."));
        var revoke = new Command("revoke", "Ends a key. Instances that have just looked it up take it for good up to Security__KeyLifetime, 30 s by default.") { id };
        revoke.SetAction(async (parsed, cancellationToken) =>
        {
            var found = await Table(parsed).RevokeAsync(parsed.GetRequiredValue(id), TimeProvider.System.GetUtcNow(), cancellationToken);
            await parsed.InvocationConfiguration.Error.WriteLineAsync(found ? "Revoked." : "There is no such key.");
            return found ? 0 : 1;
        });
        return revoke;
    }

    private static KeyTable Table(ParseResult parsed)
    {
        // Reads local.settings.json as the app does.
        var builder = FunctionsApplication.CreateBuilder([]);
        if (parsed.GetValue(Account) is { } account)
        {
            builder.Configuration["AzureWebJobsStorage"] = null;
            builder.Configuration["AzureWebJobsStorage:accountName"] = account;
        }

        return new KeyTable(builder.Services.AddStorage().BuildServiceProvider().GetRequiredService<TableServiceClient>());
    }

    private static Option<string> Named(string option, string description)
    {
        var named = new Option<string>(option) { Description = description };
        named.Validators.Add(result => Demand(
            result,
            result.GetValueOrDefault<string>() is { Length: > 0 and <= MaxName } name && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-'),
            $"must be 1 to {MaxName} letters, digits, '.', '_' or '-'."));
        return named;
    }

    private static DateTimeOffset? Expiry(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        var now = TimeProvider.System.GetUtcNow();
        if (text is [.. var number, 'd'] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and < 36_500)
        {
            return now.AddDays(days);
        }

        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) && time > now;
        Demand(argument, isTime, "must be a time to come, such as 2030-01-31T12:00Z, or days from now, such as 90d.");
        return isTime ? time : null;
    }

    private static void Demand(SymbolResult result, bool right, string rule)
    {
        if (!right)
        {
            var name = result switch
            {
                OptionResult option => option.Option.Name,
                ArgumentResult { Parent: OptionResult option } => option.Option.Name,
                ArgumentResult argument => argument.Argument.Name,
                _ => null,
            };
            result.AddError($"{name} {rule}");
        }
    }
}
