namespace VoiceFunctions.Tests.Intent;

/// <summary>How well a yes-or-no verdict agrees with the labels.</summary>
internal sealed record Score(int TruePositives, int FalsePositives, int FalseNegatives)
{
    public double Precision => Share(TruePositives, FalsePositives);

    public double Recall => Share(TruePositives, FalseNegatives);

    public static Score Of(IEnumerable<(bool Expected, bool Actual)> verdicts) => verdicts.Aggregate(new Score(0, 0, 0), (score, verdict) => verdict switch
    {
        (true, true) => score with { TruePositives = score.TruePositives + 1 },
        (false, true) => score with { FalsePositives = score.FalsePositives + 1 },
        (true, false) => score with { FalseNegatives = score.FalseNegatives + 1 },
        _ => score,
    });

    public override string ToString() =>
        $"precision {Precision:0.000} recall {Recall:0.000} (tp {TruePositives} fp {FalsePositives} fn {FalseNegatives})";

    // Without a single case there is nothing that was got right.
    private static double Share(int right, int wrong) => right == 0 ? 0 : (double)right / (right + wrong);
}
