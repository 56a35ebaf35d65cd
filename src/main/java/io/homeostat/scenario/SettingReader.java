package io.homeostat.scenario;

import io.homeostat.fact.Autonomy;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Scope;
import java.lang.reflect.RecordComponent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads settings that differ from the defaults. Their names are those of [Limits], with hyphens:
/// `scale-every`.
final class SettingReader {
    /// A scenario is about rules: they may act on all services, unless it says otherwise.
    static final Limits BASE =
            Limits.DEFAULT.reaching(
                    Autonomy.AUTO, Scope.of(Scope.Kind.ALL), Limits.DEFAULT.replicasMax());

    private SettingReader() {}

    static Limits limits(Yaml settings) throws BadScenario {
        return Limits.class.cast(with(BASE, settings.fields(known())));
    }

    static List<String> known() {
        List<String> known = new ArrayList<>();
        names(Limits.class, known);
        return known;
    }

    /// The settings that are not as a scenario has them unless it says otherwise, by name.
    static SortedMap<String, Object> differing(Limits limits) {
        SortedMap<String, Object> differing = new TreeMap<>();
        differing(BASE, limits, differing);
        return differing;
    }

    private static void differing(Object base, Object other, SortedMap<String, Object> found) {
        for (RecordComponent component : base.getClass().getRecordComponents()) {
            Object usual = value(component, base);
            Object is = value(component, other);
            if (component.getType().isRecord() && component.getType() != Scope.class) {
                differing(usual, is, found);
            } else if (!usual.equals(is)) {
                found.put(hyphened(component.getName()), is);
            }
        }
    }

    private static void names(Class<?> group, List<String> names) {
        for (RecordComponent component : group.getRecordComponents()) {
            if (component.getType().isRecord() && component.getType() != Scope.class) {
                names(component.getType(), names);
            } else {
                names.add(hyphened(component.getName()));
            }
        }
    }

    private static Object value(Class<?> type, Yaml yaml) throws BadScenario {
        if (type == Duration.class) {
            return yaml.duration();
        }
        if (type == int.class) {
            return yaml.whole();
        }
        if (type == Autonomy.class) {
            return Autonomy.named(yaml.text())
                    .orElseThrow(() -> yaml.fault("write shadow, ask or auto"));
        }
        if (type == ZoneId.class) {
            try {
                return ZoneId.of(yaml.text());
            } catch (DateTimeException unknown) {
                throw yaml.fault("write a time zone, as in Europe/Berlin");
            }
        }
        if (type == Scope.class) {
            try {
                return Scope.parse(yaml.text());
            } catch (IllegalArgumentException bad) {
                throw yaml.fault(String.valueOf(bad.getMessage()));
            }
        }
        throw yaml.fault("this setting cannot be set in a scenario");
    }

    /// The same limits with these instead; a group within them is written like the rest.
    private static Object with(Object base, Map<String, Yaml> fields) throws BadScenario {
        RecordComponent[] components = base.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Yaml yaml = fields.get(hyphened(components[i].getName()));
            Object usual = value(components[i], base);
            boolean isGroup = types[i].isRecord() && types[i] != Scope.class;
            arguments[i] =
                    isGroup ? with(usual, fields) : yaml == null ? usual : value(types[i], yaml);
        }
        try {
            return base.getClass().getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a record has its own constructor", impossible);
        }
    }

    private static Object value(RecordComponent component, Object group) {
        try {
            return component.getAccessor().invoke(group);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a public record can be read", impossible);
        }
    }

    private static String hyphened(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
