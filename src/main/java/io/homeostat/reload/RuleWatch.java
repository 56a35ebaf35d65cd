package io.homeostat.reload;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the files of the rules now and then, and has them reloaded when they changed.
///
/// It compares the files with what they were when it last looked, not with what is in force: an
/// undo stays until somebody writes.
public final class RuleWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleWatch.class);

    private final RuleReload reload;
    private final RuleSource source;
    private final Duration every;
    private final CountDownLatch closed = new CountDownLatch(1);
    private String traces = "not looked at yet";

    public RuleWatch(RuleReload reload, RuleSource source, Duration every) {
        this.reload = reload;
        this.source = source;
        this.every = every;
    }

    public void start() {
        if (source.directory().isEmpty()) {
            LOG.info(
                    "the rules are the program's own, so no directory is watched; homeostat.rules names one");
            return;
        }
        Thread.ofVirtual().name("rule watch").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        String now = source.traces();
        if (!now.equals(traces)) {
            traces = now;
            reload.wish("the files in " + source.text());
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
