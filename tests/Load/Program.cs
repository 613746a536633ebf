using System.CommandLine;
using VoiceFunctions.Load;
using VoiceFunctions.Load.Reporting;
using VoiceFunctions.Load.Scenarios;
using VoiceFunctions.Testing;

var scenarios = new Argument<string[]>("scenarios") { Description = "What to run; all by default.", Arity = ArgumentArity.ZeroOrMore };
scenarios.AcceptOnlyFromAmong([.. Catalog.Names]);
var brief = new Option<bool>("--short") { Description = "Seconds instead of minutes, and only the claims that no other work on the machine can change." };
var soak = new Option<TimeSpan>("--soak") { Description = "How long the soak takes.", DefaultValueFactory = _ => TimeSpan.FromMinutes(10) };
var report = new Option<DirectoryInfo>("--report")
{
    Description = "Where the report goes.",
    DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(Repository.Root, ".voice", "load")),
};

var command = new RootCommand("Measures the app in a process of its own before providers on this machine, and holds it to the claims.") { scenarios, brief, soak, report };
command.SetAction((parsed, cancellationToken) => new Run(
    new RunOptions(parsed.GetValue(scenarios) is { Length: > 0 } chosen ? chosen : Catalog.Names, parsed.GetValue(brief), parsed.GetValue(soak), parsed.GetValue(report)!))
    .RunAsync(cancellationToken));

var check = new Option<bool>("--check") { Description = "Only say whether the README has them." };
var figures = new Command("figures", "Writes the figures of the report in docs/measurements into the README.") { check };
figures.SetAction((parsed, cancellationToken) => ReadmeFigures.WriteAsync(parsed.GetValue(check), cancellationToken));
command.Subcommands.Add(figures);
return await command.Parse(args).InvokeAsync();
