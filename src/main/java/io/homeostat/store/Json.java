package io.homeostat.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.homeostat.action.Action;
import io.homeostat.action.Expectation;
import io.homeostat.action.Outcome;
import io.homeostat.action.Report;
import io.homeostat.action.Wish;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.fact.Alert;
import io.homeostat.fact.Calendar;
import io.homeostat.fact.CustomFact;
import io.homeostat.fact.Deployment;
import io.homeostat.fact.Fact;
import io.homeostat.fact.Node;
import io.homeostat.fact.Request;
import io.homeostat.fact.Service;
import io.homeostat.fact.Subject;
import io.homeostat.fact.Task;
import io.homeostat.fact.Tracking;
import io.homeostat.fact.Unsolved;
import io.homeostat.fact.Watcher;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/// The core's records as JSON and back. A record of a sealed family says which it is in the field
/// `is`; the core itself knows nothing of this.
final class Json {
    /// The format that is written; kept beside every body, so that older ones can be read later. It
    /// rises when a body of it could not be read as it is any more, with a step in [Upgrades].
    static final int VERSION = 2;

    /// The families whose members have to be told apart.
    static final List<Class<?>> FAMILIES =
            List.of(
                    Signal.Durable.class,
                    Memo.class,
                    Wish.class,
                    Action.class,
                    Report.class,
                    Outcome.class,
                    Expectation.class);

    /// The kinds of facts: that family is open, so its members are listed.
    static final List<Class<? extends Fact>> FACTS =
            List.of(
                    Alert.class,
                    Calendar.class,
                    CustomFact.class,
                    Deployment.class,
                    Node.class,
                    Request.class,
                    Service.class,
                    Task.class,
                    Tracking.class,
                    Unsolved.class,
                    Watcher.class);

    private static final List<Class<?>> CONTAINERS =
            List.of(List.class, Map.class, SortedMap.class, SortedSet.class);

    private final int version;
    private final ObjectMapper mapper;

    Json() {
        this(VERSION, Upgrades.ALL);
    }

    /// @param upgrades what makes older bodies readable, for tests of how that is done
    Json(int version, Upgrades upgrades) {
        this.version = version;
        this.mapper = mapper(upgrades);
    }

    String write(Object value) throws StoreException {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    "a %s could not be written as JSON: %s"
                            .formatted(value.getClass().getSimpleName(), e.getOriginalMessage()),
                    e);
        }
    }

    /// @param where what is read, for the message when it cannot be
    /// @param written the format it was written in
    <T> T read(Class<T> type, int written, String body, String where) throws StoreException {
        if (written > version) {
            throw new StoreException(
                    "%s was written in format %d by a newer Homeostat; this one reads up to format %d"
                            .formatted(where, written, version));
        }
        try {
            return mapper.readerFor(type).withAttribute(Upgrades.WRITTEN, written).readValue(body);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    "%s cannot be read as %s: %s"
                            .formatted(where, type.getSimpleName(), e.getOriginalMessage()),
                    e);
        }
    }

    /// The same, of what must have nothing missing: a part that came later would be taken for zero.
    <T> T whole(Class<T> type, int written, String body, String where) throws StoreException {
        try {
            return mapper.readerFor(type)
                    .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .withAttribute(Upgrades.WRITTEN, written)
                    .readValue(body);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    "%s was written by another Homeostat (%s); start this one on the data directory once"
                            .formatted(where, e.getOriginalMessage()),
                    e);
        }
    }

    private static ObjectMapper mapper(Upgrades upgrades) {
        JsonMapper.Builder builder =
                JsonMapper.builder()
                        .addModule(new JavaTimeModule())
                        .addModule(subjects())
                        .addModule(upgrades.module())
                        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .defaultPropertyInclusion(
                                JsonInclude.Value.construct(
                                        JsonInclude.Include.NON_NULL,
                                        JsonInclude.Include.USE_DEFAULTS));
        for (Class<?> container : CONTAINERS) {
            // What an older body has nothing of is empty, not null.
            builder.withConfigOverride(
                    container,
                    override ->
                            override.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
        }
        for (Class<?> family : FAMILIES) {
            builder.addMixIn(family, Tagged.class);
            name(builder, family);
        }
        builder.addMixIn(Fact.class, Tagged.class);
        for (Class<? extends Fact> fact : FACTS) {
            builder.registerSubtypes(new NamedType(fact, fact.getSimpleName()));
        }
        return builder.build();
    }

    private static void name(JsonMapper.Builder builder, Class<?> type) {
        Class<?>[] members = type.getPermittedSubclasses();
        if (members == null) {
            builder.registerSubtypes(new NamedType(type, type.getSimpleName()));
            return;
        }
        for (Class<?> member : members) {
            name(builder, member);
        }
    }

    private static SimpleModule subjects() {
        return new SimpleModule("subjects")
                .addSerializer(Subject.class, ToStringSerializer.instance)
                .addDeserializer(Subject.class, new SubjectReader());
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    private interface Tagged {}

    private static final class SubjectReader extends StdScalarDeserializer<Subject> {
        @Serial private static final long serialVersionUID = 1L;

        SubjectReader() {
            super(Subject.class);
        }

        @Override
        public Subject deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            return Subject.parse(parser.getText());
        }
    }
}
