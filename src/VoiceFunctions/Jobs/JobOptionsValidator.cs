using Microsoft.Extensions.Options;

namespace VoiceFunctions.Jobs;

[OptionsValidator]
internal sealed partial class JobOptionsValidator : IValidateOptions<JobOptions>;
