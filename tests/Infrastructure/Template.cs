using System.Text.Json.Nodes;

namespace VoiceFunctions.Infrastructure;

/// <summary>What a deployment would make. A test may change it to see who notices.</summary>
internal sealed class Template
{
    private readonly JsonArray _resources;

    private Template(JsonArray resources) => _resources = resources;

    public IEnumerable<JsonObject> All => _resources.Select(resource => resource!.AsObject());

    /// <summary>The settings of the app.</summary>
    public JsonArray Settings => One("Microsoft.Web/sites")["properties"]!["siteConfig"]!["appSettings"]!.AsArray();

    public Dictionary<string, string> SettingValues => Settings.ToDictionary(setting => (string)setting!["name"]!, setting => (string)setting!["value"]!, StringComparer.Ordinal);

    /// <summary>The template with everything in it that there can be.</summary>
    public static Task<Template> LoadFullAsync() => LoadAsync(
        ("withSpeech", "true"), ("withPrivateNetwork", "true"), ("keyAdministratorId", "'11111111-1111-1111-1111-111111111111'"), ("alertEmail", "'ops@example.com'"));

    /// <summary>The template as azd deploys it to who has set nothing.</summary>
    public static Task<Template> LoadDefaultAsync() => LoadAsync();

    public JsonObject One(string type) => Assert.Single(Of(type));

    public IEnumerable<JsonObject> Of(string type) => All.Where(resource => (string?)resource["type"] == type);

    public Template Copy() => new(_resources.DeepClone().AsArray());

    public void Remove(JsonObject resource) => _resources.Remove(resource);

    public void Add(JsonObject resource) => _resources.Add(resource);

    private static async Task<Template> LoadAsync(params (string Name, string Value)[] parameters)
    {
        var resources = await Bicep.PredictAsync("main.bicep", isForSubscription: true, [("environmentName", "'test'"), ("location", "'westeurope'"), .. parameters]);
        var template = new Template(resources);

        // In the whole template they depend on what Azure will say. The module alone is given all of it.
        var module = new Template(await Bicep.PredictAsync("modules/app.bicep", isForSubscription: false, AppParameters));
        template.One("Microsoft.Web/sites")["properties"]!["siteConfig"]!["appSettings"] = module.Settings.DeepClone();
        return template;
    }

    private static (string Name, string Value)[] AppParameters =>
    [
        ("name", "'app'"), ("location", "'westeurope'"), ("tags", "{}"), ("identityId", "'/identity'"), ("identityClientId", "'22222222-2222-2222-2222-222222222222'"),
        ("storageName", "'stvoice'"), ("packageContainer", "'https://stvoice.blob.core.windows.net/app-package'"),
        ("insightsConnectionString", "'InstrumentationKey=33333333-3333-3333-3333-333333333333;IngestionEndpoint=https://westeurope.in.applicationinsights.azure.com/'"),
        ("vaultName", "'kv'"), ("keyedProviders", "['OpenAI', 'Google', 'Yandex']"), ("yandexFolder", "'folder'"),
        ("speechEndpoint", "'https://speech.cognitiveservices.azure.com/'"), ("speechId", "'/speech'"), ("subnetId", "''"),
        ("instanceMemory", "2048"), ("maximumInstances", "40"), ("requestsPerInstance", "16"), ("resultDays", "7"),
    ];
}
