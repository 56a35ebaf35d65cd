package io.homeostat.rules;

import java.net.URL;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The classes that compiled rules can reach at all: the second fence, should a word ever slip
/// through [RuleCheck].
///
/// Rules' own classes are defined below this loader, so what it hides cannot be linked either.
final class Fence extends ClassLoader {
    private static final List<String> OPEN =
            List.of(
                    "io.homeostat.fact.",
                    "io.homeostat.action.",
                    "org.drools.",
                    "org.kie.",
                    "org.mvel2.",
                    "rulebook.",
                    "java.time.",
                    "java.util.",
                    "java.lang.",
                    "java.math.");

    private static final List<String> CLOSED =
            List.of(
                    "java.lang.reflect.",
                    "java.lang.foreign.",
                    "java.lang.module.",
                    "java.lang.ref.",
                    "java.util.concurrent.",
                    "java.util.jar.",
                    "java.util.zip.",
                    "java.util.logging.",
                    "java.util.prefs.",
                    "java.util.spi.");

    private static final Set<String> CLOSED_CLASSES =
            Set.of(
                    "java.lang.System",
                    "java.lang.Runtime",
                    "java.lang.Process",
                    "java.lang.ProcessBuilder",
                    "java.lang.ProcessHandle",
                    "java.lang.Thread",
                    "java.lang.ThreadGroup",
                    "java.lang.ModuleLayer",
                    "java.lang.StackWalker",
                    "java.lang.Compiler",
                    "java.util.Timer",
                    "java.util.Scanner",
                    "java.util.ServiceLoader",
                    "java.util.ResourceBundle",
                    "java.time.Clock");

    static {
        registerAsParallelCapable();
    }

    Fence(ClassLoader parent) {
        super("rules", parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!open(name)) {
            throw new ClassNotFoundException(name + " is not for rules");
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
        boolean ofClass = name.endsWith(".class");
        if (ofClass && !open(name.substring(0, name.length() - 6).replace('/', '.'))) {
            return null;
        }
        return super.getResource(name);
    }

    private static boolean open(String name) {
        String outermost = name.indexOf('$') < 0 ? name : name.substring(0, name.indexOf('$'));
        return name.equals("java.io.Serializable")
                || (OPEN.stream().anyMatch(name::startsWith)
                        && CLOSED.stream().noneMatch(name::startsWith)
                        && !CLOSED_CLASSES.contains(outermost));
    }
}
