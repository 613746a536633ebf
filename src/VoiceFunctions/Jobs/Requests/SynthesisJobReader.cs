using System.Text;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;
using VoiceFunctions.Synthesis;

namespace VoiceFunctions.Jobs.Requests;

/// <summary>Reads the JSON body of a synthesis job, and the text from wherever it is.</summary>
internal sealed class SynthesisJobReader(InboxBlobs inbox)
{
    /// <summary>Characters (Unicode scalar values) of a job.</summary>
    public const int MaxText = 1_000_000;

    /// <summary>Bytes. The longest text in UTF-8.</summary>
    public const int MaxTextBytes = MaxText * 4;

    /// <summary>Bytes. The longest text, every character of it escaped as a surrogate pair, with room for the other fields.</summary>
    public const int MaxBody = (MaxText * 12) + (128 * 1024);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ProblemException">The body is not a synthesis job.</exception>
    public static async Task<SynthesisJobRequest> ReadAsync(HttpRequest http, string tenant, CancellationToken cancellationToken)
    {
        var request = await JsonBody.ReadAsync(http, ApiJson.Wire.SynthesisJobRequest, MaxBody, TooLarge, cancellationToken);
        Validate(request, tenant);
        return request;
    }

    /// <exception cref="ProblemException">The request breaks a limit, or asks for what is not there yet.</exception>
    public static void Validate(SynthesisJobRequest request, string tenant)
    {
        var errors = new FieldErrors();
        if (request.TextBlob is { } blob)
        {
            errors.AddIf(request.Text is not null, "text", "cannot be given together with 'textBlob'.");
            errors.AddIf(InboxName.Parse(blob, tenant) is null, "textBlob", "must be the 'blob' that POST /api/uploads has answered.");
        }
        else
        {
            SynthesisRequestValidator.CheckText(request.Text, "text", errors);
        }

        SynthesisRequestValidator.CheckManner(request, errors);
        JobTerms.Of(request).Check(errors);
        errors.ThrowIfAny();
        SynthesisRequestValidator.DemandServable(request);
        SynthesisRequestValidator.DemandLength(request.Text ?? string.Empty, MaxText, TooLarge);
    }

    /// <summary>The text of a request, out of the inbox where it lies there.</summary>
    /// <exception cref="ProblemException">It is not there, too large, not UTF-8, or nothing that can be spoken.</exception>
    public async Task<string> TextAsync(SynthesisJobRequest request, string tenant, CancellationToken cancellationToken)
    {
        if (request.TextBlob is not { } blob)
        {
            return request.Text!;
        }

        var content = await inbox.ReadAsync(InboxName.Parse(blob, tenant)!, "textBlob", MaxTextBytes, TooLarge, cancellationToken);
        var text = Decode(content, "textBlob");
        var errors = new FieldErrors();
        SynthesisRequestValidator.CheckText(text, "textBlob", errors);
        errors.ThrowIfAny();
        SynthesisRequestValidator.DemandLength(text, MaxText, TooLarge);
        return text;
    }

    /// <param name="content">The bytes of a file.</param>
    /// <param name="field">Where it was named.</param>
    /// <exception cref="ProblemException">It is not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> content, string field)
    {
        try
        {
            // Editors write the mark; it is no part of the text.
            return Strict.GetString(content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content);
        }
        catch (DecoderFallbackException)
        {
            throw ProblemException.InvalidField(field, "is not UTF-8.");
        }
    }

    public static ProblemException TooLarge() => new(ProblemKind.PayloadTooLarge, $"A job takes {MaxText} characters of text. Make a job of each part.");
}
