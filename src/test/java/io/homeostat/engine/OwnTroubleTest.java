package io.homeostat.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What goes wrong with Homeostat itself comes to people as well.
class OwnTroubleTest {
    private final EngineUnderTest engine = new EngineUnderTest(EngineUnderTest.auto());

    @Test
    void alertsThatCannotBeReadComeToPeople() {
        engine.look();
        engine.step(new Signal.AlertsReceived(engine.now, "ops", List.of(), 0, 2, "[1, 2]"));

        assertThat(engine.told())
                .singleElement()
                .asString()
                .contains("2 alerts of a message to ops could not be read");
    }

    @Test
    void aSignalThatWasPutAsideComesToPeople() {
        engine.look();
        engine.step(new Signal.SignalQuarantined(7, "it made the step fail"));

        assertThat(engine.told()).singleElement().asString().contains("signal 7 was put aside");
    }

    @Test
    void aRuleThatWasPutAsideComesToPeople() {
        engine.look();
        engine.step(new Signal.RulePutAside("odd", "it threw"));

        assertThat(engine.told()).singleElement().asString().contains("rule \"odd\" is put aside");
    }
}
