using DurableApp;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddSingleton(_ => new Effects(builder.Configuration["Effects"] ?? throw new InvalidOperationException("The setting Effects names a folder.")));
await builder.Build().RunAsync();
