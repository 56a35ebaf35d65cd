package io.homeostat.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.engine.StoreException;
import io.homeostat.store.Backup;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = "Puts a backup in the place of the database, while no Homeostat uses it.")
final class RestoreCommand extends StoreCommand {
    @Parameters(paramLabel = "FILE", description = "a file that ./homeostat backup wrote")
    private Path file = Path.of("");

    RestoreCommand(Console console, Home home, Map<String, String> environment) {
        super(console, home, environment);
    }

    @Override
    int run(Backup backup) throws StoreException {
        Backup.Restored restored = backup.restore(at(file), InstantSource.system());
        Backup.Content content = restored.content();
        Path replaced = restored.replaced();
        if (isJson()) {
            ObjectNode said = Console.JSON.createObjectNode();
            said.put("database", backup.file().toString());
            said.put("bytes", content.bytes());
            said.put("turns", content.turns());
            said.put("last", content.last() == null ? null : content.last().toString());
            said.put("replaced", replaced == null ? null : replaced.toString());
            console.json(said);
            return 0;
        }
        console.line(
                "%s restored from %s: %d turns%s."
                        .formatted(
                                backup.file(),
                                file,
                                content.turns(),
                                content.last() == null ? "" : ", the last of " + content.last()));
        if (replaced != null) {
            console.line("What was there is kept as %s.".formatted(replaced));
        }
        console.line(
                "What happened since is unknown to it, and so are freezes set since. To look before it acts, make the file %s, start Homeostat, look at ./homeostat status and ./homeostat timeline, and remove the file."
                        .formatted(backup.file().resolveSibling("FREEZE")));
        return 0;
    }
}
