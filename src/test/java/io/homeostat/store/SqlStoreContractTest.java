package io.homeostat.store;

import io.homeostat.engine.Inbox;
import io.homeostat.engine.Journal;
import io.homeostat.engine.Specifications;
import io.homeostat.engine.StoreException;
import org.junit.jupiter.api.AfterEach;

final class SqlStoreContractTest extends StoreContractTest {
    private final SqlStore store;

    SqlStoreContractTest() throws StoreException {
        store = SqlStore.inMemory("test");
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

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
