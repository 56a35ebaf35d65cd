package io.homeostat.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeostat.engine.Candidate;
import io.homeostat.rules.Rulebook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How long the loop stands still when 1,000 rules take over. It is to be 100 ms of which one in a
/// hundred may be longer; the test says what it was, and fails only when that is far away.
class SwapPauseTest {
    private static final int RULES = Integer.getInteger("rules", 1000);
    private static final int SWAPS = Integer.getInteger("swaps", 20);
    private static final int ALERTS = 300;
    private static final Duration FAR_AWAY = Duration.ofSeconds(1);

    @TempDir private Path directory;

    @Test
    void theLoopHardlyStandsStillWhileAThousandRulesTakeOver() throws Exception {
        Files.writeString(directory.resolve("up.drl"), Running.UP);
        try (Running running = new Running(directory, Optional.empty())) {
            running.seeCluster();
            running.fires(
                    IntStream.range(0, ALERTS).mapToObj(i -> "Alert" + i).toArray(String[]::new));
            await().atMost(Running.SOON)
                    .until(() -> running.loop.picture().accounts().size() == ALERTS);
            List<Rulebook> rulebooks = List.of(rulebook("one"), rulebook("other"));
            List<Duration> pauses = new ArrayList<>();
            List<Duration> turns = new ArrayList<>();
            for (int i = 0; i < SWAPS; i++) {
                try (Candidate candidate =
                        running.loop.succession().candidate(rulebooks.get(i % 2))) {
                    candidate.follow(running.loop.picture().facts());
                    candidate.fire();
                    int before = running.took.size();
                    pauses.add(
                            running.loop
                                    .succession()
                                    .adopt(candidate, "swap " + i)
                                    .get(60, TimeUnit.SECONDS));
                    String hash = candidate.rulebook().hash();
                    await().atMost(Running.SOON)
                            .until(() ->
                                    running.loop.picture().rulebook().equals(hash)
                                            && running.took.size() > before + 1);
                    turns.add(
                            running.took.subList(before, running.took.size()).stream()
                                    .max(Duration::compareTo)
                                    .orElseThrow());
                }
            }

            System.out.printf(
                    "%d swaps of %d rules: the loop stood still for %s at most, median %s; the longest turn around it %s, median %s%n",
                    SWAPS, RULES, worst(pauses), median(pauses), worst(turns), median(turns));
            assertThat(worst(pauses)).isLessThan(FAR_AWAY);
        }
    }

    private static Rulebook rulebook(String name) {
        TreeMap<String, String> files = new TreeMap<>();
        for (int file = 0; file < 10; file++) {
            StringBuilder text = new StringBuilder();
            for (int i = file; i < RULES; i += 10) {
                text.append(
                        Running.UP
                                .replace("\"up\"", "\"%s %d\"".formatted(name, i))
                                .replace("HighLoad", "Alert" + i));
            }
            files.put("file%d.drl".formatted(file), text.toString());
        }
        Rulebook rulebook = Rulebook.compile(files);
        assertThat(rulebook.rules()).hasSize(RULES);
        return rulebook;
    }

    private static Duration worst(List<Duration> all) {
        return all.stream().max(Duration::compareTo).orElseThrow();
    }

    private static Duration median(List<Duration> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }
}
