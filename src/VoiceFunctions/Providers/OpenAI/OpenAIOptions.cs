using System.ComponentModel.DataAnnotations;

namespace VoiceFunctions.Providers.OpenAI;

/// <summary>Section <c>OpenAI</c>: OpenAI itself, or any server that speaks its audio API.</summary>
public sealed class OpenAIOptions
{
    public const string Section = "OpenAI";

    internal static readonly Uri OwnEndpoint = new("https://api.openai.com/v1");

    /// <summary>Without it the provider is listed as unconfigured and never tried. A compatible server that needs none takes any value.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Root of the API with its version; default <c>https://api.openai.com/v1</c>.</summary>
    public Uri? Endpoint { get; set; } = OwnEndpoint;

    /// <summary>Sent as <c>OpenAI-Organization</c>; default none.</summary>
    public string? Organization { get; set; }

    /// <summary>Sent as <c>OpenAI-Project</c>; default none.</summary>
    public string? Project { get; set; }

    /// <summary>Default model of synthesis: one of the list, a dated snapshot of one, or a compatible server's own; default gpt-4o-mini-tts.</summary>
    [StringLength(128)]
    public string? SpeechModel { get; set; }

    /// <summary>Default model of recognition: one of the list, a dated snapshot of one, or a compatible server's own; default gpt-transcribe.</summary>
    [StringLength(128)]
    public string? TranscriptionModel { get; set; }

    /// <summary>Voices of a compatible server in place of OpenAI's; default none.</summary>
    public IList<string> Voices { get; } = [];

    /// <summary>
    /// Whether OpenAI's list prices and retirement dates hold at the endpoint, as behind a gateway to OpenAI; default only for api.openai.com. A price is
    /// rather unknown than made up.
    /// </summary>
    public bool? ListPrices { get; set; }

    /// <summary>Calls under way at one time; default 16.</summary>
    [Range(1, 1000)]
    public int Concurrency { get; set; } = 16;
}
