package io.homeostat.scenario;

import io.homeostat.fact.Autonomy;
import io.homeostat.guard.Limits;
import io.homeostat.guard.Scope;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Reads settings that differ from the defaults. Their names are those of [Limits], with hyphens:
/// `scale-every`.
final class SettingReader {
    /// A scenario is about rules: they may act on all services, unless it says otherwise.
    static final Limits BASE =
            with(Map.of("ceiling", Autonomy.AUTO, "scope", Scope.of(Scope.Kind.ALL)));

    private SettingReader() {}

    static Limits limits(Yaml settings) throws BadScenario {
        List<String> known = new ArrayList<>();
        for (RecordComponent component : Limits.class.getRecordComponents()) {
            known.add(hyphened(component.getName()));
        }
        Map<String, Yaml> fields = settings.fields(known);
        Map<String, Object> values = new TreeMap<>();
        for (RecordComponent component : Limits.class.getRecordComponents()) {
            Yaml yaml = fields.get(hyphened(component.getName()));
            values.put(
                    component.getName(),
                    yaml == null ? value(component, BASE) : value(component.getType(), yaml));
        }
        return with(values);
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
        if (type == Scope.class) {
            try {
                return Scope.parse(yaml.text());
            } catch (IllegalArgumentException bad) {
                throw yaml.fault(String.valueOf(bad.getMessage()));
            }
        }
        throw yaml.fault("this setting cannot be set in a scenario");
    }

    /// The defaults with these instead.
    private static Limits with(Map<String, ?> values) {
        RecordComponent[] components = Limits.class.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object value = values.get(components[i].getName());
            arguments[i] = value == null ? value(components[i], Limits.DEFAULT) : value;
        }
        try {
            return Limits.class.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a record has its own constructor", impossible);
        }
    }

    private static Object value(RecordComponent component, Limits limits) {
        try {
            return component.getAccessor().invoke(limits);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a public record can be read", impossible);
        }
    }

    private static String hyphened(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
