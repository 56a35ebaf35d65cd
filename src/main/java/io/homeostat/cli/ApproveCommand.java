package io.homeostat.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "approve",
        description = "Approves what a decision asks, for one action as it was shown.")
final class ApproveCommand extends Answering {
    @Option(
            names = "--why",
            defaultValue = "it may be done",
            description = "the reason; \"${DEFAULT-VALUE}\" when not given")
    private String why = "";

    ApproveCommand(Console console, Map<String, String> environment, String user) {
        super(console, environment, user);
    }

    @Override
    String verb() {
        return "approve";
    }

    @Override
    String why() {
        return why;
    }
}
