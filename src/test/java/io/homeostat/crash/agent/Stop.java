package io.homeostat.crash.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What woven code calls. It is loaded by the boot loader, so that every class of the program sees
/// it, and it is static because woven code has no instance of ours.
public final class Stop {
    /// The file by which the test gives its [Order].
    public static final String ORDER = "order";

    /// The file that says that the edge was reached, and on which thread.
    public static final String REACHED = "reached";

    /// The file that says that a refusal was repeated as often as ordered.
    public static final String LET_GO = "let-go";

    /// The file that says why a class could not be woven.
    public static final String BROKEN = "broken";

    private static @Nullable Path talk;
    private static @Nullable Order order;
    private static int passed;
    private static int refused;

    private Stop() {}

    static synchronized void talkIn(Path folder) {
        talk = folder;
    }

    /// Somebody is at a place.
    ///
    /// @param place its name
    public static void at(String place) throws Throwable {
        if (!isEdge(place)) {
            return;
        }
        Order given = given();
        if (given == null) {
            return;
        }
        switch (given.then()) {
            case PARK -> {
                while (true) {
                    LockSupport.park();
                }
            }
            case REFUSE -> throw diskFull();
        }
    }

    /// True when it happens here and now.
    private static synchronized boolean isEdge(String place) {
        Order given = given();
        if (given == null || passed >= given.path().size()) {
            return false;
        }
        if (!given.path().get(passed).toString().equals(place)) {
            return false;
        }
        if (passed < given.path().size() - 1) {
            passed++;
            return false;
        }
        refused++;
        if (refused == 1) {
            say(REACHED, place + " on " + Thread.currentThread());
        }
        if (given.then() == Order.Then.PARK || refused == given.times()) {
            passed++; // only once, or not more often than ordered
        }
        if (given.then() == Order.Then.REFUSE && refused == given.times()) {
            say(LET_GO, place);
        }
        return true;
    }

    private static synchronized @Nullable Order given() {
        if (order == null && talk != null) {
            Path file = talk.resolve(ORDER);
            try {
                order = Files.exists(file) ? Order.parse(Files.readAllLines(file)) : null;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return order;
    }

    /// Whole or not at all: the test reads it as soon as it is there.
    private static void say(String file, String text) {
        Path folder = talk;
        if (folder == null) {
            return;
        }
        try {
            Path draft = Files.writeString(folder.resolve(file + ".draft"), text);
            Files.move(draft, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// As the database says it. The boot loader does not see SQL's classes, so they are asked for
    /// by name.
    private static Throwable diskFull() throws ReflectiveOperationException {
        return Class.forName("java.sql.SQLException", true, ClassLoader.getPlatformClassLoader())
                .asSubclass(Throwable.class)
                .getConstructor(String.class)
                .newInstance(
                        "[SQLITE_FULL] Insertion failed because database is full (a test says so)");
    }
}
