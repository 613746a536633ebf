using Microsoft.AspNetCore.Http;
using VoiceFunctions.Problems;

namespace VoiceFunctions.Intent;

/// <summary>A chat message on its way to a verdict: read, validated, classified, answered.</summary>
public sealed class VoiceIntentFlow(VoiceIntentClassifier classifier)
{
    /// <summary>Bytes: a full history of long turns.</summary>
    private const int MaxBody = 4 * 1024 * 1024;

    public async Task<IResult> RunAsync(HttpRequest http, CancellationToken cancellationToken)
    {
        var request = await JsonBody.ReadAsync(http, ApiJson.Wire.VoiceIntentRequest, MaxBody, TooLarge, cancellationToken);
        Validate(request);
        return TypedResults.Json(classifier.Classify(request), ApiJson.Wire.VoiceIntent);
    }

    private static void Validate(VoiceIntentRequest request)
    {
        var errors = new FieldErrors();
        errors.AddIf(string.IsNullOrWhiteSpace(request.Message), "message", "is required and must not be blank.");
        errors.AddIf(request.Message.Length > VoiceIntentRequest.MaxMessageLength, "message", $"must have at most {VoiceIntentRequest.MaxMessageLength} characters.");
        errors.AddIf(request.History?.Count > VoiceIntentRequest.MaxHistoryLength, "history", $"must have at most {VoiceIntentRequest.MaxHistoryLength} turns.");
        errors.AddIf(
            request.History?.Any(turn => turn is null || turn.Content.Length > VoiceIntentRequest.MaxMessageLength) is true,
            "history",
            $"must hold turns of at most {VoiceIntentRequest.MaxMessageLength} characters.");
        errors.AddIf(request.Platform?.Length > VoiceIntentRequest.MaxPlatformLength, "platform", $"must have at most {VoiceIntentRequest.MaxPlatformLength} characters.");
        errors.ThrowIfAny();
    }

    private static ProblemException TooLarge() => new(ProblemKind.PayloadTooLarge, $"The request is larger than {MaxBody / (1024 * 1024)} MB. Send fewer turns.");
}
