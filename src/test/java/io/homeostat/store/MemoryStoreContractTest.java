package io.homeostat.store;

import io.homeostat.engine.Inbox;
import io.homeostat.engine.Journal;
import io.homeostat.engine.Specifications;
import io.homeostat.scenario.MemoryStore;

final class MemoryStoreContractTest extends StoreContractTest {
    private final MemoryStore store = new MemoryStore();

    @Override
    Inbox inbox() {
        return store;
    }

    @Override
    Journal journal() {
        return store;
    }

    @Override
    Specifications specifications() {
        return store;
    }
}
