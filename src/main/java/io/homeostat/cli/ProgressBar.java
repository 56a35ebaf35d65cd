package io.homeostat.cli;

import io.homeostat.replay.Progress;
import java.io.PrintWriter;
import java.util.Optional;

/// Shows on a terminal how far a replay is; writes nothing elsewhere.
final class ProgressBar implements Progress {
    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final boolean isTerminal;
    private int shown = -1;

    ProgressBar(PrintWriter out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /// True when a person sees what is written.
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(it -> it.isTerminal()).isPresent();
    }

    @Override
    public boolean goOn(long done, long of) {
        int percent = of == 0 ? 100 : (int) (done * 100 / of);
        if (isTerminal && percent != shown) {
            shown = percent;
            int full = percent * WIDTH / 100;
            out.print(
                    "\r[%s%s] %3d %%, %d of %d turns"
                            .formatted(
                                    "#".repeat(full), " ".repeat(WIDTH - full), percent, done, of));
            if (done >= of) {
                out.print("\r" + " ".repeat(WIDTH + 50) + "\r");
            }
            out.flush();
        }
        return true;
    }
}
