using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.Offline;

[OptionsValidator]
internal sealed partial class OfflineOptionsValidator : IValidateOptions<OfflineOptions>;
