using System.IO.Pipelines;

namespace VoiceFunctions.Jobs.Chunks;

/// <summary>Writes the results of jobs. One that is made while it is written is there as a whole or not at all.</summary>
internal sealed class ResultFiles(JobBlobs blobs)
{
    public async Task<JobResult> WriteAsync(Job job, string name, string mediaType, byte[] bytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(bytes);
        return new JobResult(name, mediaType, (await blobs.WriteAsync(blobs.Result(job, name), content, mediaType, cancellationToken)).Bytes);
    }

    /// <param name="job">Whose result it is.</param>
    /// <param name="name">Of the result.</param>
    /// <param name="mediaType">Of the result.</param>
    /// <param name="write">Writes it and tells what it knows of it then.</param>
    /// <param name="cancellationToken">Ends the writing; what was there before stays.</param>
    public async Task<(JobResult Result, T Written)> WriteAsync<T>(
        Job job, string name, string mediaType, Func<Stream, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        var pipe = new Pipe();
        var storing = StoreAsync();
        T written;
        try
        {
            await using var stream = pipe.Writer.AsStream(leaveOpen: true);
            written = await write(stream, cancellationToken);
        }
        catch (Exception) when (storing.IsFaulted)
        {
            // Nobody reads any more, which is why nothing could be written.
            await storing;
            throw;
        }
        catch (Exception exception)
        {
            // What is read from the pipe ends with the same exception, so that nothing is stored.
            await pipe.Writer.CompleteAsync(exception);
            await storing.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }

        await pipe.Writer.CompleteAsync();
        return (new JobResult(name, mediaType, await storing), written);

        async Task<long> StoreAsync()
        {
            try
            {
                return (await blobs.WriteAsync(blobs.Result(job, name), pipe.Reader.AsStream(), mediaType, cancellationToken)).Bytes;
            }
            finally
            {
                // Whoever still writes is not to wait for a reader that has gone.
                await pipe.Reader.CompleteAsync();
            }
        }
    }
}
