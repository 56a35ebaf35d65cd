package io.homeostat.app;

import io.homeostat.engine.Observer;
import io.homeostat.engine.Turn;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/// Prints what happens as a person wants to read it, and passes everything on to whoever counts.
final class Narrator implements Observer {
    private final Observer counted;
    private final PrintStream out;
    private final Instant began;

    Narrator(Observer counted, PrintStream out, InstantSource clock) {
        this.counted = counted;
        this.out = out;
        this.began = clock.instant();
    }

    void fault(String text, Instant at) {
        print(at, "fault", text);
    }

    @Override
    public void turned(Turn turn, int signals, Duration took) {
        for (Turn.Line line : turn.lines()) {
            print(line.at(), line.kind(), line.text());
        }
        counted.turned(turn, signals, took);
    }

    private void print(Instant at, String kind, String text) {
        double seconds = Duration.between(began, at).toMillis() / 1000.0;
        out.println(String.format(Locale.ROOT, "%6.1f s  %-9s %s", seconds, kind, text));
    }

    @Override
    public void rebuilt(String reason) {
        counted.rebuilt(reason);
    }

    @Override
    public void quarantined(String reason) {
        counted.quarantined(reason);
    }

    @Override
    public void reported(String kind, String report, Duration took) {
        counted.reported(kind, report, took);
    }
}
