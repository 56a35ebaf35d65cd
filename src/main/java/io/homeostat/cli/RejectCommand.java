package io.homeostat.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "reject",
        description = "Rejects what a decision asks; it is not asked again in that incident.")
final class RejectCommand extends Answering {
    @Option(names = "--why", required = true, description = "the reason, for all who wonder")
    private String why = "";

    RejectCommand(Console console, Map<String, String> environment, String user) {
        super(console, environment, user);
    }

    @Override
    String verb() {
        return "reject";
    }

    @Override
    String why() {
        return why;
    }
}
