using System.Text;
using VoiceFunctions.Providers;

namespace VoiceFunctions.Audio;

/// <summary>Recognised speech as subtitle files. Segments without text are left out, since an empty cue is not valid in either format.</summary>
public static class Captions
{
    /// <summary>SubRip: numbered cues, times as <c>HH:MM:SS,mmm</c>. The format knows no escaping and no speakers.</summary>
    public static string ToSrt(IReadOnlyList<SpeechSegment> segments)
    {
        var srt = new StringBuilder();
        var number = 0;
        foreach (var segment in segments)
        {
            if (string.IsNullOrWhiteSpace(segment.Text)) continue;
            if (number > 0) srt.Append('\n');
            srt.Append(++number).Append('\n');
            AppendTimes(srt, segment, ',');
            AppendLines(srt, segment.Text);
            srt.Append('\n');
        }

        return srt.ToString();
    }

    /// <summary>WebVTT (https://www.w3.org/TR/webvtt1/): times as <c>HH:MM:SS.mmm</c>, a speaker as a voice span.</summary>
    public static string ToVtt(IReadOnlyList<SpeechSegment> segments)
    {
        var vtt = new StringBuilder("WEBVTT\n");
        foreach (var segment in segments)
        {
            if (string.IsNullOrWhiteSpace(segment.Text)) continue;
            vtt.Append('\n');
            AppendTimes(vtt, segment, '.');
            if (!string.IsNullOrWhiteSpace(segment.Speaker)) vtt.Append("<v ").Append(Escape(string.Join(' ', Words(segment.Speaker)))).Append('>');
            AppendLines(vtt, Escape(segment.Text));
            vtt.Append('\n');
        }

        return vtt.ToString();
    }

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An empty line would end the cue, so those are dropped.</summary>
    private static void AppendLines(StringBuilder target, string text)
    {
        const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        target.AppendJoin('\n', text.Split(['\r', '\n'], Tidy));
    }

    private static void AppendTimes(StringBuilder target, SpeechSegment segment, char separator)
    {
        AppendTime(target, segment.Start, separator);
        target.Append(" --> ");
        AppendTime(target, Math.Max(segment.Start, segment.End), separator);
        target.Append('\n');
    }

    private static void AppendTime(StringBuilder target, double seconds, char separator)
    {
        var milliseconds = (long)Math.Round(Math.Max(0, seconds) * 1000, MidpointRounding.AwayFromZero);
        var (hours, rest) = Math.DivRem(milliseconds, 3_600_000);
        target.Append($"{hours:00}:{rest / 60_000:00}:{rest / 1000 % 60:00}{separator}{rest % 1000:000}");
    }
}
