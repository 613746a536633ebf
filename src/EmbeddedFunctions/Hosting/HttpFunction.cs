using Microsoft.AspNetCore.Http;

namespace EmbeddedFunctions.Hosting;

/// <summary>A function behind a route. A disabled one keeps its route and answers 404, as on the official host.</summary>
/// <param name="Definition">The function.</param>
/// <param name="Route">What it answers.</param>
/// <param name="Endpoint">Set on each request, for whoever reads the endpoint: telemetry takes its route from it.</param>
internal sealed record HttpFunction(AppFunction Definition, HttpRoute Route, Endpoint Endpoint);
