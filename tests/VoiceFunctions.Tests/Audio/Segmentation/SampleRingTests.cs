using System.Runtime.InteropServices;
using CsCheck;
using VoiceFunctions.Audio;
using VoiceFunctions.Audio.Segmentation;

namespace VoiceFunctions.Tests.Audio.Segmentation;

public sealed class SampleRingTests(AudioLab lab) : IClassFixture<AudioLab>
{
    private const int Capacity = 1000;

    [Fact]
    public async Task Read_WhatIsStillThere_IsWhatWasWritten() => await Gen.Select(Gen.Int[0, Capacity].Array[1, 30], Gen.Int[0, Capacity], Gen.Int[1, 3000]).SampleAsync(
        async (blocks, back, bytes) =>
        {
            using var ring = new SampleRing(lab.Get<TempFiles>().Create(), Capacity);
            foreach (var block in blocks)
            {
                var from = ring.Position;
                await ring.WriteAsync(Enumerable.Range(0, block).Select(index => Sample(from + index) / 32768f).ToArray(), CancellationToken.None);
            }

            var start = Math.Max(0, ring.Position - back);
            var read = new byte[bytes];
            var count = 0;
            for (int more; (more = ring.Read(read.AsSpan(count), (start * 2) + count)) > 0;) count += more;

            Assert.Equal(Math.Min(bytes, (ring.Position - start) * 2), count);
            var samples = MemoryMarshal.Cast<byte, short>(read.AsSpan(0, count & ~1));
            for (var index = 0; index < samples.Length; index++) Assert.Equal(Sample(start + index), samples[index]);
        },
        iter: 100,
        threads: 1);

    [Fact]
    public async Task Read_WhatIsOverwrittenOrToCome_Throws()
    {
        using var ring = new SampleRing(lab.Get<TempFiles>().Create(), Capacity);
        await ring.WriteAsync(new float[600], CancellationToken.None);
        await ring.WriteAsync(new float[600], CancellationToken.None);

        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Read(new byte[2], 398));
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Read(new byte[2], 2402));
        Assert.Equal(2, ring.Read(new byte[2], 400));
    }

    private static short Sample(long position) => (short)((position * 7919) % 30_000);
}
