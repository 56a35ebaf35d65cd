package io.homeostat.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table in docs/guards.md is the rail's.
class GuardTableTest {
    private static final Path DOCUMENT = Path.of("docs/guards.md");

    /// A row begins with a guard and one of its codes.
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w-]+)` \\| `([\\w-]+)` \\|");

    @Test
    void namesTheGuardsOfTheRailInTheirOrder() throws IOException {
        List<String> guards = rows().stream().map(row -> row.group(1)).distinct().toList();

        assertThat(guards)
                .as("the first column of the table in %s", DOCUMENT)
                .isEqualTo(GuardRail.standard().names());
    }

    @Test
    void everyGuardStandsInTheRail() throws Exception {
        List<Class<?>> standing = new ArrayList<>();
        for (String guard : GuardRail.standard().names()) {
            standing.add(typeOf(guard));
        }
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/homeostat/guard"))) {
            List<String> written =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("\\w+Guard\\.java"))
                            .map(name -> name.replace(".java", ""))
                            .toList();
            assertThat(standing)
                    .extracting(Class::getSimpleName)
                    .containsExactlyInAnyOrderElementsOf(written);
        }
    }

    @Test
    void namesEveryCodeOfEveryGuard() throws Exception {
        Map<String, SortedSet<String>> written = new TreeMap<>();
        for (MatchResult row : rows()) {
            written.computeIfAbsent(row.group(1), _ -> new TreeSet<>()).add(row.group(2));
        }
        Map<String, SortedSet<String>> real = new TreeMap<>();
        for (String guard : GuardRail.standard().names()) {
            real.put(guard, codes(guard));
        }

        assertThat(written).as("the codes in %s", DOCUMENT).isEqualTo(real);
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(DOCUMENT)).results().toList();
    }

    /// A guard's codes are its constants; what there is nothing to do for is objected to by
    /// [BoundsGuard].
    private static SortedSet<String> codes(String guard) throws ReflectiveOperationException {
        List<Class<?>> owners = new ArrayList<>(List.of(typeOf(guard)));
        if (guard.equals(BoundsGuard.NAME)) {
            owners.add(Draft.class);
        }
        SortedSet<String> codes = new TreeSet<>();
        for (Class<?> owner : owners) {
            for (Field field : owner.getDeclaredFields()) {
                boolean constant =
                        Modifier.isStatic(field.getModifiers())
                                && !Modifier.isPrivate(field.getModifiers())
                                && field.getType() == String.class;
                if (constant && !field.getName().equals("NAME")) {
                    codes.add(String.valueOf(field.get(null)));
                }
            }
        }
        return codes;
    }

    /// `in-flight` is judged by [InFlightGuard].
    private static Class<?> typeOf(String guard) throws ClassNotFoundException {
        StringBuilder name = new StringBuilder(GuardTableTest.class.getPackageName()).append('.');
        for (String word : guard.split("-", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return Class.forName(name.append("Guard").toString());
    }
}
