using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

// Kestrel and nothing else: reads each request to its end and answers it with the file that the first argument names.
var content = await File.ReadAllBytesAsync(args[0]);
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
var app = builder.Build();
app.Run(async context =>
{
    await context.Request.Body.CopyToAsync(Stream.Null);
    context.Response.ContentType = "audio/mpeg";
    context.Response.ContentLength = content.Length;
    await context.Response.Body.WriteAsync(content);
});
await app.StartAsync();
Console.WriteLine($"Now listening on: {app.Urls.Single()}");
await app.WaitForShutdownAsync();
