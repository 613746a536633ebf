using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.Google;

[OptionsValidator]
internal sealed partial class GoogleOptionsValidator : IValidateOptions<GoogleOptions>;
