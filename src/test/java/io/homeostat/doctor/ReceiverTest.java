package io.homeostat.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiverTest {
    @ParameterizedTest
    @CsvSource({
        "webhook_configs,false",
        "slack_configs,false",
        "slack_configs,",
        "email_configs,",
    })
    void findsReceiversThatNeverHearOfTheEnd(String kind, Boolean said) {
        assertThat(new Receiver("homeostat", kind, Optional.ofNullable(said)).finding())
                .hasValueSatisfying(finding ->
                        assertThat(finding.change())
                                .isEqualTo(
                                        """
                                        # in the configuration of Alertmanager
                                        - name: homeostat
                                          %s:
                                            - send_resolved: true\
                                        """
                                                .formatted(kind)));
    }

    @ParameterizedTest
    @CsvSource({
        "webhook_configs,true",
        "webhook_configs,",
        "pagerduty_configs,",
        "slack_configs,true",
    })
    void leavesThoseAloneThatDo(String kind, Boolean said) {
        assertThat(new Receiver("homeostat", kind, Optional.ofNullable(said)).finding()).isEmpty();
    }

    @Test
    void readsEachWayOfEachReceiver() {
        List<Receiver> ways =
                Receiver.list(
                        Sample.json(
                                """
                                {"receivers": [
                                  {"name": "nobody"},
                                  {"name": "a", "webhook_configs": [
                                    {"url": "http://x", "send_resolved": false}, {"url": "http://y"}]},
                                  {"name": "b", "slack_configs": [{"channel": "#ops"}]}]}
                                """));

        assertThat(ways)
                .containsExactly(
                        new Receiver("a", "webhook_configs", Optional.of(false)),
                        new Receiver("a", "webhook_configs", Optional.empty()),
                        new Receiver("b", "slack_configs", Optional.empty()));
    }
}
