using Microsoft.AspNetCore.Http;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>202, and where to look.</summary>
internal sealed class JobAcceptedResult(Job job) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Location = JobRoutes.Status(job.Id);
        var document = new JobAcceptedDocument(job.Id, JobRoutes.Status(job.Id), JobRoutes.Cancel(job.Id));
        return TypedResults.Json(document, ApiJson.Wire.JobAcceptedDocument, statusCode: StatusCodes.Status202Accepted).ExecuteAsync(httpContext);
    }
}
