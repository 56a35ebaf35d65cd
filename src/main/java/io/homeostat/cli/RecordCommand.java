package io.homeostat.cli;

import io.homeostat.engine.StoreException;
import io.homeostat.scenario.Recorder;
import io.homeostat.store.SqlPast;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "record",
        description = {
            "Writes a stretch of recorded history as a scenario, for homeostat test.",
            "It reads the data directory, beside a running Homeostat or without one."
        })
final class RecordCommand implements Callable<Integer> {
    private final Console console;
    private final Home home;
    private final Map<String, String> environment;

    @Mixin private RecordedPast recorded = new RecordedPast();

    @Option(names = "--subject", description = "only about this; the name of a service will do")
    private @Nullable String subject;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description = "where the scenario goes; a file that exists is left as it is")
    private Path output = Path.of("");

    RecordCommand(Console console, Home home, Map<String, String> environment) {
        this.console = console;
        this.home = home;
        this.environment = environment;
    }

    @Override
    public Integer call() throws Problem {
        try (SqlPast past = recorded.open(home, environment)) {
            String scenario =
                    new Recorder(past, subject == null ? null : SubjectName.read(subject))
                            .record(recorded.back())
                            .orElseThrow(() ->
                                    new Problem(
                                            "Nothing was recorded in that time; say --since"
                                                    + " further back."));
            Files.writeString(home.here().resolve(output), scenario, StandardOpenOption.CREATE_NEW);
        } catch (StoreException refused) {
            throw RecordedPast.problem(refused);
        } catch (FileAlreadyExistsException exists) {
            throw new Problem(
                    "%s exists and is left as it is; name another file.".formatted(output), exists);
        } catch (IOException unwritten) {
            throw new Problem(
                    "%s cannot be written: %s.".formatted(output, unwritten.getMessage()),
                    unwritten);
        }
        console.line(
                "%s is written. Play it with ./homeostat test %s, then shorten it to what it is to show."
                        .formatted(output, output));
        return 0;
    }
}
