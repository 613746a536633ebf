using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceFunctions.Audio;
using VoiceFunctions.Caching;
using VoiceFunctions.Diagnosis;
using VoiceFunctions.Discovery;
using VoiceFunctions.Fallback;
using VoiceFunctions.Intent;
using VoiceFunctions.Jobs;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.AzureSpeech;
using VoiceFunctions.Providers.Google;
using VoiceFunctions.Providers.Offline;
using VoiceFunctions.Providers.OpenAI;
using VoiceFunctions.Providers.Yandex;
using VoiceFunctions.Readiness;
using VoiceFunctions.Resilience;
using VoiceFunctions.Security;
using VoiceFunctions.Security.Keys;
using VoiceFunctions.Security.Limits;
using VoiceFunctions.Storage;
using VoiceFunctions.Synthesis;
using VoiceFunctions.Telemetry;
using VoiceFunctions.Transcription;
using VoiceFunctions.Usage;

if (args is ["keys", ..])
{
    return await KeyCommand.RunAsync(args);
}

if (args is ["doctor", ..])
{
    return await DoctorCommand.RunAsync(args, configure => Build([], configure));
}

await Build(args).RunAsync();
return 0;

static IHost Build(string[] args, Action<IServiceCollection>? configure = null)
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.UseWhen<ProblemDetailsMiddleware>(context => context.GetHttpContext() is not null);
    builder.UseWhen<AccessMiddleware>(context => context.GetHttpContext() is not null);
    builder.UseWhen<LimitsMiddleware>(context => context.GetHttpContext() is not null);

    builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = TranscriptionRequestReader.MaxBody);
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddTelemetry(builder.Configuration);
    builder.Services.AddSecurity();
    builder.Services.AddStorage();
    builder.Services.AddAudio();
    builder.Services.AddProviders().AddOpenAI().AddAzureSpeech().AddGoogle().AddYandex().AddOffline();
    builder.Services.AddVoiceIntent();
    builder.Services.AddResilience();
    builder.Services.AddFallback();
    builder.Services.AddUsageMetering();
    builder.Services.AddSpeechCache();
    builder.Services.AddTextToSpeech();
    builder.Services.AddSpeechToText();
    builder.Services.AddJobs();
    builder.Services.AddDiscovery();
    builder.Services.AddReadiness();
    configure?.Invoke(builder.Services);
    return builder.Build();
}
