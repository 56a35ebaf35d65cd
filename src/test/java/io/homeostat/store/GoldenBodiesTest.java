package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Fact;
import io.homeostat.guard.Decision;
import io.homeostat.incident.Incident;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What older programs wrote is read for ever. `src/test/resources/store/v1` holds a body of every
/// kind as version 1 of the format wrote it, `v2` as version 2 did; none is ever changed or taken
/// away. A body that is missing in the newest folder is written there by `./mvnw test
/// -Dtest=GoldenBodiesTest -Dhomeostat.golden.write=true`, once, and committed.
final class GoldenBodiesTest {
    private static final Path FOLDER = Path.of("src/test/resources/store");

    /// What the tables hold bodies of, and the families of which these hold members.
    private static final List<Class<?>> BODIES =
            Stream.concat(
                            Json.FAMILIES.stream(),
                            Stream.of(
                                    Fact.class,
                                    Decision.class,
                                    Undertaking.class,
                                    Incident.class,
                                    Turn.Line.class))
                    .toList();

    private final Json json = new Json();
    private final JsonMapper plain = new JsonMapper();

    record Golden(int version, Class<?> type, Path file) {
        @Override
        public String toString() {
            return FOLDER.relativize(file).toString();
        }
    }

    static List<Golden> golden() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(GoldenBodiesTest::golden)
                    .toList();
        }
    }

    private static Golden golden(Path file) {
        Path inside = FOLDER.relativize(file);
        int version = Integer.parseInt(inside.getName(0).toString().substring(1));
        Class<?> type =
                BODIES.stream()
                        .filter(body -> body.getSimpleName().equals(inside.getName(1).toString()))
                        .findFirst()
                        .orElseThrow();
        return new Golden(version, type, file);
    }

    /// When this fails, a record has changed and old bodies of it cannot be read any more as they
    /// are: raise `Json.VERSION` and add a step to `Upgrades`.
    @ParameterizedTest
    @MethodSource("golden")
    void readsABodyOfAnOlderProgramAndForgetsNothingOfIt(Golden golden) throws Exception {
        String body = Files.readString(golden.file());

        Object read = json.read(golden.type(), golden.version(), body, golden.toString());

        assertThat(holes(read, golden.type().getSimpleName()))
                .as("null where nothing may be null")
                .isEmpty();
        if (golden.version() == Json.VERSION) {
            assertThat(lost(plain.readTree(body), plain.readTree(json.write(read)), ""))
                    .as("fields that were read and are not written again")
                    .isEmpty();
        }
    }

    @Test
    void hasABodyOfEveryKindInTheNewestFormat() throws Exception {
        SortedMap<Path, String> missing = new TreeMap<>();
        for (Map.Entry<Path, String> sample : samples().entrySet()) {
            if (!Files.exists(sample.getKey())) {
                missing.put(sample.getKey(), sample.getValue());
            }
        }
        if (Boolean.getBoolean("homeostat.golden.write")) {
            for (Map.Entry<Path, String> sample : missing.entrySet()) {
                Files.createDirectories(sample.getKey().getParent());
                Files.writeString(sample.getKey(), sample.getValue() + "\n");
            }
            missing.clear();
        }
        assertThat(missing.keySet())
                .as("missing bodies; -Dhomeostat.golden.write=true writes them")
                .isEmpty();
    }

    private SortedMap<Path, String> samples() throws Exception {
        SortedMap<Path, String> samples = new TreeMap<>();
        Path folder = FOLDER.resolve("v" + Json.VERSION);
        for (Class<?> body : BODIES) {
            for (Class<?> type : Samples.records(body)) {
                List<Object> both = Samples.of(type);
                Path kind = folder.resolve(body.getSimpleName());
                samples.put(
                        kind.resolve(type.getSimpleName() + ".full.json"),
                        json.write(both.getFirst()));
                samples.put(
                        kind.resolve(type.getSimpleName() + ".sparse.json"),
                        json.write(both.getLast()));
            }
        }
        return samples;
    }

    /// The components that are null and must not be, as paths.
    private static List<String> holes(@Nullable Object value, String path)
            throws ReflectiveOperationException {
        List<String> holes = new ArrayList<>();
        if (value instanceof Record one) {
            for (RecordComponent component : one.getClass().getRecordComponents()) {
                boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                component.getAccessor().setAccessible(true);
                Object part = component.getAccessor().invoke(one);
                String where = path + "." + component.getName();
                if (part != null) {
                    holes.addAll(holes(part, where));
                } else if (!nullable) {
                    holes.add(where);
                }
            }
        } else if (value instanceof Collection<?> many) {
            for (Object each : many) {
                holes.addAll(holes(each, path + "[]"));
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Object each : map.values()) {
                holes.addAll(holes(each, path + "{}"));
            }
        }
        return holes;
    }

    /// What one tree has that the other has not, or has differently.
    private static List<String> lost(JsonNode before, JsonNode after, String path) {
        List<String> lost = new ArrayList<>();
        if (before.isObject() && after.isObject()) {
            before.properties()
                    .forEach(field ->
                            lost.addAll(
                                    lost(
                                            field.getValue(),
                                            after.path(field.getKey()),
                                            path + "." + field.getKey())));
        } else if (!before.equals(after)) {
            lost.add(path);
        }
        return lost;
    }
}
