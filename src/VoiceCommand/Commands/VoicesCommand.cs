using System.CommandLine;

namespace VoiceCommand.Commands;

/// <summary><c>voice voices</c></summary>
internal static class VoicesCommand
{
    public static Command Create(Connection connection, Terminal terminal, TimeProvider time)
    {
        var command = new Command("voices", "List the voice profiles, and who speaks them.");
        command.SetAction((parsed, cancellationToken) => Exit.RunAsync(async () =>
        {
            using var api = connection.Open(parsed, time);
            var list = await api.ListVoicesAsync(cancellationToken);
            terminal.Write(
                ["voice", "language", "gender", "style", "spoken by"],
                list.Voices.Select(voice => new[]
                {
                    voice.Name, voice.Language ?? "any", voice.Gender ?? "", voice.Style ?? "", string.Join(", ", voice.Providers.Select(mapping => $"{mapping.Provider}:{mapping.Voice}")),
                }));
            return ExitCode.Done;
        }));
        return command;
    }
}
