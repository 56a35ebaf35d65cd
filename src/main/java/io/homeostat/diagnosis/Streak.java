package io.homeostat.diagnosis;

import io.homeostat.fact.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tasks that failed one after another in one place, often enough to be an ailment.
///
/// @param tasks those that failed, in the order in which they did
/// @param since when that began
/// @param until when time alone ends it: the newest task is proven then, or too few of the failures
///   are recent
record Streak(Slot slot, List<Task> tasks, Instant since, Instant until) {
    Streak {
        tasks = List.copyOf(tasks);
    }

    Task last() {
        return tasks.getLast();
    }

    /// All streaks of such failures.
    ///
    /// @param failed which tasks count
    /// @param hold how long a task must run to be proven
    static List<Streak> of(
            Patient patient,
            Predicate<Task> failed,
            Thresholds thresholds,
            Duration hold,
            Instant now) {
        List<Streak> streaks = new ArrayList<>();
        for (Slot slot : Slot.of(patient)) {
            Instant proven = slot.provenAt(hold);
            List<Task> tasks = slot.ended(now.minus(thresholds.failuresWithin()), failed);
            if (tasks.size() >= thresholds.failures() && now.isBefore(proven)) {
                Instant old =
                        tasks.get(tasks.size() - thresholds.failures())
                                .since()
                                .plus(thresholds.failuresWithin());
                streaks.add(
                        new Streak(
                                slot,
                                tasks,
                                since(tasks, patient.change(), thresholds.failures()),
                                old.isBefore(proven) ? old : proven));
            }
        }
        return streaks;
    }

    /// What failed often enough before a change did not come of it. What failed only now and then
    /// before it does not make the failures after it older.
    private static Instant since(List<Task> tasks, @Nullable Change change, int enough) {
        Task first = tasks.getFirst();
        if (change != null) {
            List<Task> after =
                    tasks.stream().filter(task -> change.isBefore(task.createdAt())).toList();
            if (after.size() >= enough && tasks.size() - after.size() < enough) {
                first = after.getFirst();
            }
        }
        return Slot.endedAt(first);
    }

    static Instant since(List<Streak> streaks) {
        return streaks.stream().map(Streak::since).min(Instant::compareTo).orElseThrow();
    }

    static Instant until(List<Streak> streaks) {
        return streaks.stream().map(Streak::until).min(Instant::compareTo).orElseThrow();
    }
}
