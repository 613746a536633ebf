using Microsoft.Extensions.Options;

namespace VoiceFunctions.Jobs.Callbacks;

[OptionsValidator]
internal sealed partial class CallbackOptionsValidator : IValidateOptions<CallbackOptions>;
