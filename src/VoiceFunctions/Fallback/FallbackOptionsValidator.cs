using Microsoft.Extensions.Options;

namespace VoiceFunctions.Fallback;

[OptionsValidator]
internal sealed partial class FallbackOptionsValidator : IValidateOptions<FallbackOptions>;
