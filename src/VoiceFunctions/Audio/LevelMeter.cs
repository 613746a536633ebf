using System.Numerics.Tensors;

namespace VoiceFunctions.Audio;

/// <summary>Measures audio block by block.</summary>
internal sealed class LevelMeter
{
    /// <summary>Sums of squares are taken in single precision over this many samples and added up in double: hours of audio lose no digits.</summary>
    private const int Stretch = 4096;

    private float _highest = float.NegativeInfinity;
    private float _lowest = float.PositiveInfinity;
    private double _squares;

    public long Samples { get; private set; }

    public AudioLevels Levels => Samples == 0
        ? new(0, 0, IsSilent: true)
        : new(Math.Max(Math.Abs(_highest), Math.Abs(_lowest)), (float)Math.Sqrt(_squares / Samples), (_highest - _lowest) / 2 < AudioLevels.SilencePeak);

    public void Add(ReadOnlySpan<float> block)
    {
        Samples += block.Length;
        while (!block.IsEmpty)
        {
            var stretch = block[..Math.Min(Stretch, block.Length)];
            _highest = Math.Max(_highest, TensorPrimitives.Max(stretch));
            _lowest = Math.Min(_lowest, TensorPrimitives.Min(stretch));
            _squares += TensorPrimitives.SumOfSquares(stretch);
            block = block[stretch.Length..];
        }
    }
}
