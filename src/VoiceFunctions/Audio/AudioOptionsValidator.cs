using Microsoft.Extensions.Options;

namespace VoiceFunctions.Audio;

[OptionsValidator]
internal sealed partial class AudioOptionsValidator : IValidateOptions<AudioOptions>;
