using Microsoft.Extensions.Options;

namespace VoiceFunctions.Resilience;

[OptionsValidator]
internal sealed partial class ResilienceOptionsValidator : IValidateOptions<ResilienceOptions>;
