package io.homeostat.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.engine.StoreException;
import io.homeostat.store.Backup;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = "Copies the database to a file, beside a running Homeostat or without one.")
final class BackupCommand extends StoreCommand {
    @Parameters(paramLabel = "FILE", description = "where the copy goes")
    private Path file = Path.of("");

    @Option(names = "--overwrite", description = "replace the file when it exists")
    private boolean overwrite;

    BackupCommand(Console console, Home home, Map<String, String> environment) {
        super(console, home, environment);
    }

    @Override
    int run(Backup backup) throws StoreException {
        Backup.Content content = backup.write(at(file), overwrite);
        if (isJson()) {
            ObjectNode said = Console.JSON.createObjectNode();
            said.put("file", at(file).toString());
            said.put("bytes", content.bytes());
            said.put("turns", content.turns());
            said.put("last", content.last() == null ? null : content.last().toString());
            console.json(said);
        } else {
            console.line(
                    "%s written to %s: %d turns%s. It is sound; keep it where the disk of %s cannot take it along."
                            .formatted(
                                    size(content.bytes()),
                                    file,
                                    content.turns(),
                                    content.last() == null ? "" : ", the last of " + content.last(),
                                    backup.file()));
        }
        return 0;
    }
}
