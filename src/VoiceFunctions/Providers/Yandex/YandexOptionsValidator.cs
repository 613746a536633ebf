using Microsoft.Extensions.Options;

namespace VoiceFunctions.Providers.Yandex;

[OptionsValidator]
internal sealed partial class YandexOptionsValidator : IValidateOptions<YandexOptions>;
