using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.OpenAI;

[OptionsValidator]
internal sealed partial class OpenAIOptionsValidator : IValidateOptions<OpenAIOptions>;
