using Microsoft.Extensions.Options;

namespace VoiceFunctions.Security;

[OptionsValidator]
internal sealed partial class SecurityOptionsValidator : IValidateOptions<SecurityOptions>;
