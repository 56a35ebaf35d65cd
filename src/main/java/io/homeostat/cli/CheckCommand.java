package io.homeostat.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.homeostat.rules.RuleCheck;
import io.homeostat.rules.RuleFault;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = "Checks rule files without running them.")
final class CheckCommand implements Callable<Integer> {
    private final Console console;
    private final Home home;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "rule files or directories; rules/ when not given")
    private List<Path> paths = List.of();

    @Option(names = "--json", description = "for machines")
    private boolean json;

    CheckCommand(Console console, Home home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws Problem {
        List<Home.Rules> all = new ArrayList<>();
        try {
            if (paths.isEmpty()) {
                all.add(home.rules());
            }
            for (Path path : paths) {
                all.add(home.rules(path));
            }
        } catch (NoSuchFileException missing) {
            throw Problem.usage(
                    missing.getFile() + ": there is no such file or directory.", missing);
        } catch (IOException unreadable) {
            throw new Problem(
                    "The rules cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
        int files = 0;
        int errors = 0;
        ArrayNode list = Console.JSON.createArrayNode();
        for (Home.Rules rules : all) {
            files += rules.sources().size();
            for (RuleFault fault : RuleCheck.check(rules.sources())) {
                errors += fault.severity() == RuleFault.Severity.ERROR ? 1 : 0;
                if (json) {
                    add(list, rules.prefix(), fault);
                } else {
                    console.line(rules.prefix() + fault.text());
                }
            }
        }
        if (files == 0) {
            throw new Problem("There are no rule files (*.drl) there.");
        }
        if (json) {
            console.json(list);
        } else {
            console.line(
                    "%d rule files checked: %s"
                            .formatted(files, errors == 0 ? "fine" : errors + " errors"));
        }
        return errors == 0 ? 0 : 1;
    }

    private static void add(ArrayNode list, String prefix, RuleFault fault) {
        list.addObject()
                .put("file", prefix + fault.file())
                .put("line", fault.line())
                .put("column", fault.column())
                .put("severity", fault.severity().name().toLowerCase(Locale.ROOT))
                .put("message", fault.message())
                .put("advice", fault.advice());
    }
}
