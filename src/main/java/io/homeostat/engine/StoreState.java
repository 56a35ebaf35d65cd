package io.homeostat.engine;

import java.time.Instant;
import java.util.Optional;

/// How the store is, for who looks at the process and for who measures it. Thread-safe; asking
/// changes nothing and waits for no write.
public interface StoreState {
    /// Why writing fails; empty when the last write did not.
    Optional<Trouble> trouble();

    /// What people should look after although everything is still written, in a sentence.
    Optional<String> warning();

    /// How many writes wait for their commit.
    int waiting();

    /// How many signals no turn has taken.
    long unread() throws StoreException;

    /// How many bytes of the database are in use.
    long bytes() throws StoreException;

    /// @param since when writing first failed
    /// @param reason what is wrong and what to do, in a sentence
    record Trouble(Instant since, String reason) {}
}
