using Microsoft.Extensions.Options;

namespace VoiceFunctions.Caching;

[OptionsValidator]
internal sealed partial class SpeechCacheOptionsValidator : IValidateOptions<SpeechCacheOptions>;
