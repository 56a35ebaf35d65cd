package io.homeostat.engine;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The append-only record of what was taken in, decided and done, with the current state beside it.
/// Thread-safe.
public interface Journal {
    /// Commits a turn in one transaction: inbox rows marked as read, memory's changes, decisions,
    /// actions, lines.
    ///
    /// @throws StoreException when it failed or when that cannot be told: the caller rebuilds from
    ///   [#recover()]
    void commit(Turn turn) throws StoreException;

    /// What memory is rebuilt from.
    Recovered recover() throws StoreException;

    /// Records durably that an action starts, before its first byte leaves.
    void started(String undertaking, Instant at, String trace) throws StoreException;

    /// Puts an inbox row aside: no turn will take it again.
    void quarantine(long inboxId, String reason, Instant at) throws StoreException;

    /// A page of what was recorded, newest first.
    ///
    /// @param kind `decision`, `action`, `incident` or `line`
    /// @param filter exact values by column: `subject`, `incident`, `rule`, `verdict`, `state`,
    ///   `kind`
    /// @param before the cursor of the page before; null for the first page
    /// @param limit how many at most
    Page page(String kind, Map<String, String> filter, @Nullable String before, int limit)
            throws StoreException;

    /// Keeps a rulebook's sources under its hash.
    void keepRulebook(String hash, Map<String, String> sources, Instant at) throws StoreException;

    /// The current state and where it stands.
    ///
    /// @param turn the number of the last committed turn; 0 when there is none
    /// @param at its instant; null when there is none
    record Recovered(long turn, @Nullable Instant at, List<Memo> records) {
        public Recovered {
            records = List.copyOf(records);
        }
    }

    /// @param items JSON objects as text, with the fields that the API promises
    /// @param next the cursor of the next page; null when this is the last
    record Page(List<String> items, @Nullable String next) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
