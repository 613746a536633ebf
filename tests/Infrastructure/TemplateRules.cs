using System.Text.Json.Nodes;

namespace VoiceFunctions.Infrastructure;

/// <summary>What must hold of the template, and for each of it what a breach would look like.</summary>
internal static class TemplateRules
{
    private const string Storage = "Microsoft.Storage/storageAccounts";
    private const string Container = "Microsoft.Storage/storageAccounts/blobServices/containers";
    private const string Site = "Microsoft.Web/sites";
    private const string Credentials = "Microsoft.Web/sites/basicPublishingCredentialsPolicies";
    private const string Role = "Microsoft.Authorization/roleAssignments";
    private const string Vault = "Microsoft.KeyVault/vaults";
    private const string Insights = "Microsoft.Insights/components";
    private const string Workspace = "Microsoft.OperationalInsights/workspaces";
    private const string Speech = "Microsoft.CognitiveServices/accounts";

    /// <summary>
    /// The least roles that do the work, by what they are for and over what (learn.microsoft.com/azure/role-based-access-control/built-in-roles). Anything else is too much.
    /// </summary>
    private static readonly HashSet<(string Role, string Over)> Roles =
    [
        ("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", Storage), // Storage Blob Data Owner: the host's leases and keys, the SAS of an upload
        ("974c5e8b-45b9-4653-ba55-5f855dd0fb88", Storage), // Storage Queue Data Contributor: durable functions, poison messages
        ("0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3", Storage), // Storage Table Data Contributor: the app's tables; for the administrator too
        ("4633458b-17de-408a-b874-0445c86b69e6", Vault), // Key Vault Secrets User
        ("3913510d-42f4-4e42-8a64-420c390055eb", Insights), // Monitoring Metrics Publisher
        ("f2dc8367-1007-4938-bd23-fe263f013447", Speech), // Cognitive Services Speech User
    ];

    /// <summary>Settings that Flex Consumption has no use for and refuses (learn.microsoft.com/azure/azure-functions/functions-app-settings).</summary>
    private static readonly string[] Refused =
    [
        "FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_PROCESS_COUNT", "WEBSITE_RUN_FROM_PACKAGE",
        "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", "WEBSITE_CONTENTSHARE", "ENABLE_ORYX_BUILD", "SCM_DO_BUILD_DURING_DEPLOYMENT",
    ];

    public static IReadOnlyList<TemplateRule> All { get; } =
    [
        Property("storage has no shared keys", Storage, "allowSharedKeyAccess", "false"),
        Property("storage takes TLS 1.2 or later", Storage, "minimumTlsVersion", "TLS1_2"),
        Property("storage takes HTTPS only", Storage, "supportsHttpsTrafficOnly", "true"),
        Property("no blob can be public", Storage, "allowBlobPublicAccess", "false"),
        Property("no container is public", Container, "publicAccess", "None"),
        Property("the app takes HTTPS only", Site, "httpsOnly", "true"),
        Property("the app takes TLS 1.2 or later", Site, "siteConfig.minTlsVersion", "1.2"),
        Property("deployment takes TLS 1.2 or later", Site, "siteConfig.scmMinTlsVersion", "1.2"),
        Property("the package is fetched by an identity", Site, "functionAppConfig.deployment.storage.authentication.type", "UserAssignedIdentity"),
        Property("nobody deploys with a password", Credentials, "allow", "false"),
        Property("keys are reached by roles only", Vault, "enableRbacAuthorization", "true"),
        Property("keys are not lost by a slip", Vault, "enablePurgeProtection", "true"),
        Property("telemetry has no key", Insights, "DisableLocalAuth", "true"),
        Property("the log has no key", Workspace, "features.disableLocalAuth", "true"),
        Property("speech has no key", Speech, "disableLocalAuth", "true"),
        Property("private storage is private", Storage, "publicNetworkAccess", "Disabled"),
        Property("private storage takes nobody by default", Storage, "networkAcls.defaultAction", "Deny"),
        Property("private keys are private", Vault, "publicNetworkAccess", "Disabled"),
        new(
            "nobody has more than the least roles",
            template => template.Of(Role).Select(RoleOf).Where(role => !Roles.Contains(role)).Select(role => $"{role.Role} over {role.Over}"),
            template => Properties(template.Of(Role).First())["roleDefinitionId"] = "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
            template => template.Of(Role).First()["id"] = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-test/providers/Microsoft.Authorization/roleAssignments/x"),
        new(
            "the app has every role it needs",
            template => Roles.Except(template.Of(Role).Select(RoleOf)).Select(role => $"{role.Role} over {role.Over} is missing"),
            template => template.Remove(template.Of(Role).First())),
        new(
            "Event Grid tells of the drop folder, nobody polls it",
            template => template.SettingValues.GetValueOrDefault("AzureWebJobs_DropFolderScan_Disabled") == "true"
                && !template.SettingValues.ContainsKey("AzureWebJobs_DropFolderEvent_Disabled") ? [] : ["exactly one of DropFolderScan and DropFolderEvent is to be on"],
            template => template.Settings.First(setting => (string?)setting!["name"] == "AzureWebJobs_DropFolderScan_Disabled")!["value"] = "false",
            template => template.Settings.Add(Setting("AzureWebJobs_DropFolderEvent_Disabled", "true"))),
        new(
            "nobody is served without a key",
            template => template.SettingValues.Keys.Where(name => name == "Security__AllowAnonymous"),
            template => template.Settings.Add(Setting("Security__AllowAnonymous", "true"))),
        new(
            "no key stands in a setting",
            template => template.SettingValues.Where(setting => setting.Key.EndsWith("Key", StringComparison.Ordinal) && !setting.Value.StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal)).Select(setting => setting.Key),
            template => template.Settings.First(setting => (string?)setting!["name"] == "OpenAI__ApiKey")!["value"] = "sk-secret"),
        new(
            "no connection string of storage",
            template => template.SettingValues.Keys.Where(name => name == "AzureWebJobsStorage"),
            template => template.Settings.Add(Setting("AzureWebJobsStorage", "AccountKey=secret"))),
        new(
            "no setting that Flex Consumption refuses",
            template => template.SettingValues.Keys.Intersect(Refused),
            template => template.Settings.Add(Setting("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"))),
        new(
            "every setting is read",
            template => SettingNames.Unread(template.SettingValues),
            template => template.Settings.Add(Setting("Audio__FfmpegPaths", "/x")),
            template => template.Settings.Add(Setting("Audioo__FfmpegPath", "/x")),
            template => template.Settings.Add(Setting("AzureWebJobs_DropFolder_Disabled", "true"))),
        new(
            "every required setting is there",
            template => SettingNames.Missing(template.SettingValues),
            template => Drop(template, "AzureWebJobsStorage__accountName"),
            template => Drop(template, "AzureSpeech__Endpoint"),
            template => Drop(template, "APPLICATIONINSIGHTS_AUTHENTICATION_STRING"),
            template => Drop(template, "Audio__FfmpegPath")),
    ];

    /// <summary>A property that every resource of a type must have, and there must be one.</summary>
    private static TemplateRule Property(string name, string type, string path, string value) => new(
        name,
        template =>
        {
            var resources = template.Of(type).ToList();
            return resources.Count == 0
                ? [$"there is no {type}"]
                : resources.Where(resource => !string.Equals(Find(resource, path)?.ToString(), value, StringComparison.Ordinal)).Select(resource => $"{resource["name"]}: {path} is not {value}");
        },
        template => Break(template.Of(type).Last(), path),
        template => Find(template.Of(type).First(), path[..Math.Max(0, path.LastIndexOf('.'))])!.AsObject().Remove(path[(path.LastIndexOf('.') + 1)..]));

    private static JsonObject Properties(JsonObject resource) => resource["properties"]!.AsObject();

    private static JsonNode? Find(JsonObject resource, string path) =>
        path.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate(resource["properties"], (node, name) => node?[name]);

    private static void Break(JsonObject resource, string path)
    {
        var parent = Find(resource, path[..Math.Max(0, path.LastIndexOf('.'))])!;
        var name = path[(path.LastIndexOf('.') + 1)..];
        parent[name] = parent[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? !flag : "broken";
    }

    private static JsonObject Setting(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static void Drop(Template template, string name) => template.Settings.Remove(template.Settings.First(setting => (string?)setting!["name"] == name));

    /// <summary>An assignment's id begins with that of what it is over, or is an expression that does.</summary>
    private static (string Role, string Over) RoleOf(JsonObject assignment)
    {
        var id = (string)assignment["id"]!;
        var over = id.Split('\'') is [_, var resource, ..] ? resource : id.Split($"/providers/{Role}/")[0];
        var type = over.Split("/providers/") is [.., var last] && last.Split('/') is [var provider, var kind, _] ? $"{provider}/{kind}" : over;
        return (((string)Properties(assignment)["roleDefinitionId"]!).Split('/')[^1], type);
    }
}
