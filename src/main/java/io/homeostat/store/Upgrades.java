package io.homeostat.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import io.homeostat.action.Expectation;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.function.Consumer;

/// What makes a body of an older format one of the present format: small steps over the JSON tree
/// of one record, wherever in a body that record is.
///
/// A field that was added and may be null, or is a collection, needs no step: it is null or empty.
/// Any other needs one, and so does a field that was renamed, moved or given another meaning: raise
/// [Json#VERSION], and add here what turns the format before into the new one.
///
/// @param steps in the order of their versions
record Upgrades(List<Step> steps) {
    /// Where a reader keeps the format of the body that it reads.
    static final String WRITTEN = "written";

    /// One step: what was written in format `from` gets the shape of the next.
    ///
    /// @param type the record; its sealed family's tag `is` is not part of the tree
    record Step(int from, Class<?> type, Consumer<ObjectNode> change) {}

    /// Every step there ever was; none is taken away, for old bodies are read for ever.
    static final Upgrades ALL =
            new Upgrades(
                    List.of(
                            // Which tasks ran before a restart was not written, only when it was;
                            // what runs now counts as fresh.
                            new Step(
                                    1,
                                    Expectation.FreshTasks.class,
                                    tree -> tree.remove("after"))));

    Upgrades {
        steps = List.copyOf(steps);
    }

    SimpleModule module() {
        return new SimpleModule("upgrades").setDeserializerModifier(new Modifier());
    }

    private List<Step> of(Class<?> type) {
        return steps.stream().filter(step -> step.type() == type).toList();
    }

    private final class Modifier extends BeanDeserializerModifier {
        @Serial private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config,
                BeanDescription description,
                JsonDeserializer<?> deserializer) {
            List<Step> own = of(description.getBeanClass());
            return own.isEmpty() ? deserializer : new Upgrading(deserializer, own);
        }
    }

    private static final class Upgrading extends DelegatingDeserializer {
        @Serial private static final long serialVersionUID = 1L;

        private final transient List<Step> steps;

        Upgrading(JsonDeserializer<?> present, List<Step> steps) {
            super(present);
            this.steps = steps;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> present) {
            return new Upgrading(present, steps);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            int written = (int) context.getAttribute(WRITTEN);
            List<Step> due = steps.stream().filter(step -> step.from() >= written).toList();
            if (due.isEmpty()) {
                return super.deserialize(parser, context);
            }
            // A member of a family comes without its opening brace: the tag was read already.
            JsonNode tree = context.readTree(parser);
            if (tree instanceof ObjectNode object) {
                due.forEach(step -> step.change().accept(object));
            }
            try (JsonParser upgraded = new TreeTraversingParser(tree, parser.getCodec())) {
                JsonToken first = upgraded.nextToken();
                return first == null ? getNullValue(context) : super.deserialize(upgraded, context);
            }
        }
    }
}
