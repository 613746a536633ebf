using System.Text;

namespace VoiceFunctions.Jobs.Text;

/// <summary>Writes one stretch of a script after another, each with the elements around it.</summary>
internal sealed class ChunkWriter(SpeechScript script)
{
    private readonly List<Markup> _open = [];

    public string Write(in MeasuredBreak start, in MeasuredBreak end)
    {
        if (!script.IsXml) return script.Words[start.Position..end.Position];
        var xml = new StringBuilder();
        foreach (var tag in _open) xml.Append(tag.Xml);
        var position = start.Position;
        for (var index = start.Markup; index < end.Markup; index++)
        {
            var markup = script.Markup[index];
            script.Append(xml, position, markup.Position);
            xml.Append(markup.Xml);
            position = markup.Position + markup.Length;
            if (markup.Kind is MarkupKind.Open) _open.Add(markup);
            else if (markup.Kind is MarkupKind.Close) _open.RemoveAt(_open.Count - 1);
        }

        script.Append(xml, position, end.Position);
        for (var index = _open.Count - 1; index >= 0; index--) xml.Append(_open[index].EndTag);
        return xml.ToString();
    }
}
