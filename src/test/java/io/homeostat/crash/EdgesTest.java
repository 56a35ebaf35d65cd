package io.homeostat.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.crash.agent.Place;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An edge that no longer exists would never be reached, and nobody would miss it.
class EdgesTest {
    @Test
    void everyEdgeNamesMethodsThatThereAre() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Edge edge : Edges.ALL) {
            for (Place place : edge.places()) {
                if (!exists(place)) {
                    faults.add(
                            "the edge '%s' needs %s.%s, which is gone; name in Edges what took its place"
                                    .formatted(edge.sentence(), place.type(), place.method()));
                }
            }
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void everyEdgeHasASentenceOfItsOwn() {
        assertThat(Edges.ALL).extracting(Edge::sentence).doesNotHaveDuplicates();
    }

    private static boolean exists(Place place) throws IOException {
        String file = "/" + place.type().replace('.', '/') + ".class";
        try (InputStream in = EdgesTest.class.getResourceAsStream(file)) {
            return in != null
                    && ClassFile.of().parse(in.readAllBytes()).methods().stream()
                            .anyMatch(method ->
                                    method.methodName().equalsString(place.method())
                                            && method.code().isPresent());
        }
    }
}
