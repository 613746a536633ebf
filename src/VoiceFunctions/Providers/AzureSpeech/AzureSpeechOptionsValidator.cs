using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.AzureSpeech;

[OptionsValidator]
internal sealed partial class AzureSpeechOptionsValidator : IValidateOptions<AzureSpeechOptions>;
