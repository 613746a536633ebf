using Microsoft.ML.OnnxRuntime;

namespace VoiceFunctions.Audio.Segmentation;

/// <summary>The model's memory of one stream of audio. Frames must come in order; nothing is allocated for a frame.</summary>
internal sealed class SileroStream : IDisposable
{
    private const int Context = 64;
    private const int StateSize = 2 * 128;
    private static readonly string[] Inputs = ["input", "state", "sr"];
    private static readonly string[] Outputs = ["output", "stateN"];
    private readonly float[] _input = new float[Context + SileroVad.FrameSamples];
    private readonly float[] _state = new float[StateSize];
    private readonly float[] _nextState = new float[StateSize];
    private readonly float[] _probability = new float[1];
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtValue[] _inputValues;
    private readonly OrtValue[] _outputValues;

    public SileroStream(InferenceSession session)
    {
        _session = session;
        _inputValues =
        [
            OrtValue.CreateTensorValueFromMemory(_input, [1, _input.Length]),
            OrtValue.CreateTensorValueFromMemory(_state, [2, 1, 128]),
            OrtValue.CreateTensorValueFromMemory(new long[] { SileroVad.SampleRate }, []),
        ];
        _outputValues = [OrtValue.CreateTensorValueFromMemory(_probability, [1, 1]), OrtValue.CreateTensorValueFromMemory(_nextState, [2, 1, 128])];
    }

    /// <summary>How likely the next <see cref="SileroVad.FrameSamples"/> samples hold speech; a shorter, last frame is filled up with silence.</summary>
    public float Listen(ReadOnlySpan<float> frame)
    {
        frame.CopyTo(_input.AsSpan(Context));
        _input.AsSpan(Context + frame.Length).Clear();
        _session.Run(_run, Inputs, _inputValues, Outputs, _outputValues);
        _nextState.CopyTo(_state, 0);
        _input.AsSpan(SileroVad.FrameSamples).CopyTo(_input);
        return _probability[0];
    }

    public void Dispose()
    {
        foreach (var value in _inputValues) value.Dispose();
        foreach (var value in _outputValues) value.Dispose();
        _run.Dispose();
    }
}
