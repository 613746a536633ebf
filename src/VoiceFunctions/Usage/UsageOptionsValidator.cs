using Microsoft.Extensions.Options;

namespace VoiceFunctions.Usage;

[OptionsValidator]
internal sealed partial class UsageOptionsValidator : IValidateOptions<UsageOptions>;
