package io.homeostat.app;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What SIGHUP does, as operators of other daemons know it: read the configuration anew. Without
/// somebody who takes it, the JVM would stop.
final class Hangup {
    private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

    private Hangup() {}

    /// Only the JDK's own `sun.misc.Signal` takes signals; the compiler warns of each mention of
    /// it, so it is reached by name. Where it is missing, such as on Windows, nothing is lost but
    /// this.
    static void does(Runnable work) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling =
                    Proxy.newProxyInstance(
                            Hangup.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (self, method, arguments) ->
                                    switch (method.getName()) {
                                        case "handle" -> {
                                            work.run();
                                            yield null;
                                        }
                                        case "equals" ->
                                                System.identityHashCode(self)
                                                        == System.identityHashCode(arguments[0]);
                                        case "hashCode" -> System.identityHashCode(self);
                                        default -> "what SIGHUP does";
                                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
        } catch (ReflectiveOperationException | IllegalArgumentException missing) {
            LOG.warn(
                    "SIGHUP does not reload the rules here: {}; ./homeostat rules reload does",
                    String.valueOf(missing));
        }
    }
}
