using Microsoft.Extensions.Options;

namespace VoiceFunctions.Jobs.Chunks;

[OptionsValidator]
internal sealed partial class ChunkOptionsValidator : IValidateOptions<ChunkOptions>;
