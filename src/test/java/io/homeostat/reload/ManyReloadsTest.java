package io.homeostat.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeostat.rules.Rulebook;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reloads leave nothing behind. With `-Dreloads=1000` there are so many of them.
class ManyReloadsTest {
    private static final int RELOADS = Integer.getInteger("reloads", 50);
    private static final int WARM = 10;
    private static final double MORE = 1.15;

    /// So many of the program's own may come to use late; 40 rulebooks left behind have thousands.
    private static final int CLASSES = 200;

    private static final long MEBIBYTE = 1 << 20;

    @TempDir private Path directory;

    @Test
    void noRulebookAndNoneOfItsClassesAreLeftBehind() throws IOException {
        write(0);
        List<WeakReference<Rulebook>> replaced = new ArrayList<>();
        try (Running running = new Running(directory, Optional.empty())) {
            long after10 = 0;
            long heapAfter10 = 0;
            int classesAfter10 = 0;
            for (int i = 1; i <= RELOADS; i++) {
                replaced.add(new WeakReference<>(running.loop.succession().rulebook()));
                write(i);
                assertThat(running.reload().result()).isEqualTo(Attempt.Result.ADOPTED);
                if (i == WARM) {
                    gone(replaced);
                    after10 = metaspace();
                    heapAfter10 = heap();
                    classesAfter10 = classes();
                }
            }

            gone(replaced);
            long metaspace = after10;
            long heap = heapAfter10;
            int classes = classesAfter10;
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> {
                        System.gc();
                        assertThat(classes())
                                .as("classes after %d reloads, after 10: %d", RELOADS, classes)
                                .isLessThan(classes + CLASSES);
                        assertThat(metaspace())
                                .as("metaspace after %d reloads, after 10: %d", RELOADS, metaspace)
                                .isLessThan((long) (metaspace * MORE) + 2 * MEBIBYTE);
                        assertThat(heap())
                                .as("heap after %d reloads, after 10: %d", RELOADS, heap)
                                .isLessThan((long) (heap * MORE) + 8 * MEBIBYTE);
                    });
            System.out.printf(
                    "%d reloads: metaspace %.1f MiB after 10, %.1f at the end; heap %.1f, %.1f%n",
                    RELOADS,
                    after10 / (double) MEBIBYTE,
                    metaspace() / (double) MEBIBYTE,
                    heapAfter10 / (double) MEBIBYTE,
                    heap() / (double) MEBIBYTE);
        }
    }

    /// The newest of them may be remembered by a frame of the loop's for a moment.
    private static void gone(List<WeakReference<Rulebook>> replaced) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    System.gc();
                    assertThat(replaced).allMatch(each -> each.get() == null);
                });
    }

    private void write(int number) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int rule = 0; rule < 5; rule++) {
            text.append(
                    Running.UP
                            .replace("\"up\"", "\"up %d\"".formatted(rule))
                            .replace(
                                    "name == \"HighLoad\"",
                                    "name == \"HighLoad\", labels[\"n\"] == \"%d\""
                                            .formatted(number + rule)));
        }
        Files.writeString(directory.resolve("up.drl"), text.toString());
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static int classes() {
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
