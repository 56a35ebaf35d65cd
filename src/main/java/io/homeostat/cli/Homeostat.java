package io.homeostat.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/// The short commands of `./homeostat`. Exit code 0: fine; 1: problems were found; 2: wrong usage.
public final class Homeostat {
    private static final int PROBLEMS = 1;

    private Homeostat() {}

    public static void main(String[] arguments) {
        Path here = Path.of("").toAbsolutePath();
        Path installed = Path.of(System.getProperty("homeostat.home", here.toString()));
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code =
                run(
                        new Console(out, err, ZoneId.systemDefault()),
                        new Home(here, installed),
                        System.getenv(),
                        System.getProperty("user.name", "somebody"),
                        arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    static int run(
            Console console,
            Home home,
            Map<String, String> environment,
            String user,
            String... arguments) {
        CommandLine line =
                new CommandLine(new Root())
                        .addSubcommand(
                                "serve",
                                launched(
                                        console,
                                        "serve",
                                        "Runs Homeostat on a Swarm; it only watches until you say"
                                                + " more."))
                        .addSubcommand(
                                "demo",
                                launched(
                                        console,
                                        "demo",
                                        "Runs a story of faults on a simulated cluster; needs"
                                                + " nothing."))
                        .addSubcommand(
                                "image",
                                launched(
                                        console,
                                        "image",
                                        "Builds a container image from this checkout."))
                        .addSubcommand("check", new CheckCommand(console, home))
                        .addSubcommand("test", new TestCommand(console, home))
                        .addSubcommand("doctor", new DoctorCommand(console, home, environment));
        asking(line, console, environment);
        line.addSubcommand("rules", rules(console, environment, user));
        answering(line, console, environment, user);
        line.addSubcommand("replay", new ReplayCommand(console, home, environment))
                .addSubcommand("record", new RecordCommand(console, home, environment));
        line.addSubcommand("backup", new BackupCommand(console, home, environment))
                .addSubcommand("restore", new RestoreCommand(console, home, environment));
        addHelp(line);
        line.getSubcommands().values().forEach(Homeostat::addHelp);
        line.setOut(console.out());
        line.setErr(console.err());
        line.setExecutionExceptionHandler((thrown, _, _) -> {
            console.err().println(explained(thrown));
            return thrown instanceof Problem problem ? problem.exitCode() : PROBLEMS;
        });
        if (arguments.length == 0) {
            line.usage(console.err());
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(arguments);
    }

    /// What only looks.
    private static void asking(CommandLine line, Console console, Map<String, String> environment) {
        line.addSubcommand("status", new StatusCommand(console, environment))
                .addSubcommand("incidents", new IncidentsCommand(console, environment))
                .addSubcommand("timeline", new TimelineCommand(console, environment))
                .addSubcommand("decisions", new DecisionsCommand(console, environment))
                .addSubcommand("actions", new ActionsCommand(console, environment))
                .addSubcommand("why", new WhyCommand(console, environment))
                .addSubcommand("replicas", new ReplicasCommand(console, environment))
                .addSubcommand("approvals", new ApprovalsCommand(console, environment));
    }

    /// What people say and want.
    private static void answering(
            CommandLine line, Console console, Map<String, String> environment, String user) {
        line.addSubcommand("approve", new ApproveCommand(console, environment, user))
                .addSubcommand("reject", new RejectCommand(console, environment, user))
                .addSubcommand("request", new RequestCommand(console, environment, user))
                .addSubcommand("deploy", new DeployCommand(console, environment, user))
                .addSubcommand("fact", new FactCommand(console, environment, user))
                .addSubcommand("undo", new UndoCommand(console, environment, user))
                .addSubcommand("freeze", new FreezeCommand(console, environment, user))
                .addSubcommand("thaw", new ThawCommand(console, environment, user));
    }

    private static CommandLine rules(
            Console console, Map<String, String> environment, String user) {
        CommandLine reload =
                new CommandLine(new RuleChangeCommand(console, environment, user, "rules/reload"));
        reload.getCommandSpec()
                .usageMessage()
                .description(
                        "Has a running Homeostat read its rule files anew. With any error none of"
                                + " them counts, and the rules in force stay.");
        CommandLine undo =
                new CommandLine(new RuleChangeCommand(console, environment, user, "rules/undo"));
        undo.getCommandSpec()
                .usageMessage()
                .description("Goes back to the rules before, until their files change again.");
        addHelp(reload);
        addHelp(undo);
        return new CommandLine(new RulesCommand(console, environment))
                .addSubcommand("reload", reload)
                .addSubcommand("undo", undo);
    }

    private static void addHelp(CommandLine line) {
        line.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("says what can be done")
                                .build());
    }

    /// What the launcher starts as a program of its own; here only for its help.
    private static CommandLine launched(Console console, String name, String description) {
        CommandLine line =
                new CommandLine(new Launched(console, name)).setUnmatchedArgumentsAllowed(true);
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    private static String explained(Exception thrown) {
        return thrown instanceof Problem
                ? String.valueOf(thrown.getMessage())
                : "This should not happen, please report it: " + thrown;
    }

    @Command(
            name = "homeostat",
            description = "An autonomic manager for Docker Swarm.",
            synopsisSubcommandLabel = "COMMAND",
            footer = "Exit code 0: fine; 1: problems were found; 2: wrong usage.")
    private static final class Root {}

    @Command
    private static final class Launched implements Callable<Integer> {
        private final Console console;
        private final String name;

        Launched(Console console, String name) {
            this.console = console;
            this.name = name;
        }

        @Override
        public Integer call() {
            console.err().println("Start it with ./homeostat " + name + ".");
            return CommandLine.ExitCode.USAGE;
        }
    }
}
