package io.homeostat.rules;

import java.util.function.Supplier;

/// Lets Drools find its own parts, whatever the thread: it looks for them by the thread's context
/// class loader, and remembers for ever when it did not find them.
final class OwnClasses {
    private OwnClasses() {}

    static <T> T during(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnClasses.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
