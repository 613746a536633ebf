namespace VoiceFunctions.Audio;

/// <summary>Telephone companding (ITU-T G.711), expanded to 16 bits.</summary>
internal static class G711
{
    /// <summary>Table 2.</summary>
    public static int FromMuLaw(byte stored)
    {
        var code = ~stored;
        var magnitude = ((((code & 0x0F) << 3) + 132) << ((code >> 4) & 7)) - 132;
        return (code & 0x80) != 0 ? -magnitude : magnitude;
    }

    /// <summary>Table 1.</summary>
    public static int FromALaw(byte stored)
    {
        var code = stored ^ 0x55;
        var exponent = (code >> 4) & 7;
        var magnitude = ((code & 0x0F) << 4) + 8;
        if (exponent > 0) magnitude = (magnitude + 0x100) << (exponent - 1);
        return (code & 0x80) != 0 ? magnitude : -magnitude;
    }
}
