using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceFunctions.Audio;
using VoiceFunctions.Fallback;
using VoiceFunctions.Problems;
using VoiceFunctions.Providers;
using VoiceFunctions.Providers.Offline;
using VoiceFunctions.Readiness;
using VoiceFunctions.Security;
using VoiceFunctions.Storage;
using VoiceFunctions.Synthesis;
using VoiceFunctions.Transcription;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.UseWhen<ProblemDetailsMiddleware>(context => context.GetHttpContext() is not null);
builder.UseWhen<AccessMiddleware>(context => context.GetHttpContext() is not null);

builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = TranscriptionRequestReader.MaxBody);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSecurity();
builder.Services.AddStorage();
builder.Services.AddAudio();
builder.Services.AddProviders().AddOffline();
builder.Services.AddFallback();
builder.Services.AddTextToSpeech();
builder.Services.AddSpeechToText();
builder.Services.AddReadiness();

await builder.Build().RunAsync();
