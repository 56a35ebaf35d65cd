package io.homeostat.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// In what two specifications are not the same.
final class Difference {
    private Difference() {}

    /// The paths at which they differ, as in `/Mode/Replicated/Replicas`.
    static List<String> paths(JsonNode before, JsonNode after) {
        return below("", before, after);
    }

    private static List<String> below(String path, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) {
            SortedSet<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(name -> names.add(name));
            after.fieldNames().forEachRemaining(name -> names.add(name));
            return names.stream()
                    .flatMap(name ->
                            below(path + "/" + name, before.path(name), after.path(name)).stream())
                    .toList();
        }
        return before.equals(after) ? List.of() : List.of(path);
    }
}
