package io.homeostat.api;

import io.homeostat.engine.Journal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.StoreState;
import jakarta.inject.Singleton;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the store whether it answers and can be written.
@Singleton
class StoreCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StoreCheck.class);

    private final Journal journal;
    private final StoreState state;
    private volatile boolean said;

    StoreCheck(Journal journal, StoreState state) {
        this.journal = journal;
        this.state = state;
    }

    boolean answers() {
        try {
            journal.page("line", Map.of(), null, 1);
            said = false;
            return state.trouble().isEmpty();
        } catch (StoreException failed) {
            // It is asked again and again; once per failure is enough.
            if (!said) {
                LOG.warn("the store does not answer: {}", failed.getMessage());
            }
            said = true;
            return false;
        }
    }
}
