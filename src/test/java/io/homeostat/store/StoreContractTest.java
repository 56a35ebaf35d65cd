package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.homeostat.action.Outcome;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Inbox;
import io.homeostat.engine.Inbox.Received;
import io.homeostat.engine.Journal;
import io.homeostat.engine.Journal.Page;
import io.homeostat.engine.Journal.Recovered;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Specifications;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn.Dropped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What every store promises the engine.
abstract class StoreContractTest {
    abstract Inbox inbox();

    abstract Journal journal();

    abstract Specifications specifications();

    // --- inbox ---

    @Test
    void givesBackWhatItTookInOrder() throws Exception {
        long first = inbox().accept(Turns.signal("a"));
        long second = inbox().accept(Turns.signal("b"));

        assertThat(inbox().unread(10))
                .containsExactly(
                        new Received(first, Turns.signal("a")),
                        new Received(second, Turns.signal("b")));
        assertThat(inbox().unread(1)).hasSize(1);
    }

    @Test
    void givesNoSignalASecondTimeOnceATurnTookIt() throws Exception {
        long first = inbox().accept(Turns.signal("a"));
        long second = inbox().accept(Turns.signal("b"));

        journal().commit(Turns.turn(1).taking(second).done());

        assertThat(inbox().unread(10)).extracting(Received::id).containsExactly(first);
    }

    @Test
    void skipsNoSignalThatCameInBeforeOneThatWasTaken() throws Exception {
        // Two commits can land in either order: there is no high-water mark to fall below.
        long early = inbox().accept(Turns.signal("a"));
        long late = inbox().accept(Turns.signal("b"));
        journal().commit(Turns.turn(1).taking(late).done());

        assertThat(inbox().unread(10)).extracting(Received::id).containsExactly(early);
        journal().commit(Turns.turn(2).taking(early).done());
        assertThat(inbox().unread(10)).isEmpty();
    }

    @Test
    void refusesATurnThatTakesWhatAnotherTook() throws Exception {
        long taken = inbox().accept(Turns.signal("a"));
        long other = inbox().accept(Turns.signal("b"));
        journal().commit(Turns.turn(1).taking(taken).done());

        assertThatThrownBy(() ->
                        journal()
                                .commit(
                                        Turns.turn(2)
                                                .taking(other)
                                                .taking(taken)
                                                .keeping(new Memo.Count("x", 1))
                                                .done()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not unread any more");
        assertThat(journal().recover().turn()).isEqualTo(1);
        assertThat(journal().recover().records()).isEmpty();
        assertThat(inbox().unread(10)).extracting(Received::id).containsExactly(other);
    }

    @Test
    void keepsAQuarantinedSignalFromEveryTurn() throws Exception {
        long poison = inbox().accept(Turns.signal("a"));

        journal().quarantine(poison, "it fails", Samples.AT);

        assertThat(inbox().unread(10)).isEmpty();
        assertThatThrownBy(() -> journal().commit(Turns.turn(1).taking(poison).done()))
                .isInstanceOf(StoreException.class);
    }

    @Test
    void quarantinesNothingThatATurnTook() throws Exception {
        long taken = inbox().accept(Turns.signal("a"));
        journal().commit(Turns.turn(1).taking(taken).done());

        assertThatThrownBy(() -> journal().quarantine(taken, "late", Samples.AT))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a turn has taken it");
    }

    // --- specifications ---

    @Test
    void givesASpecificationBackAsItWasFirstSeen() throws Exception {
        specifications()
                .keep(
                        List.of(
                                new Specifications.Seen(
                                        "shop_api", "c1", "{\"Name\":\"shop_api\"}"),
                                new Specifications.Seen("shop_web", "c2", "{}")),
                        Samples.AT);
        specifications()
                .keep(
                        List.of(new Specifications.Seen("shop_api", "c1", "{\"Replicas\":2}")),
                        Samples.AT.plusSeconds(1));

        assertThat(specifications().specification("c1")).isEqualTo("{\"Name\":\"shop_api\"}");
        assertThat(specifications().specification("c2")).isEqualTo("{}");
    }

    @Test
    void knowsNoSpecificationThatWasNeverSeen() throws Exception {
        assertThat(specifications().specification("c1")).isNull();
    }

    // --- current state ---

    @Test
    void remembersNothingBeforeTheFirstTurn() throws Exception {
        assertThat(journal().recover()).isEqualTo(new Recovered(0, null, List.of()));
    }

    @Test
    void remembersTheNewestOfEachKeyUntilItIsDropped() throws Exception {
        journal()
                .commit(
                        Turns.turn(1)
                                .keeping(new Memo.Count("a", 1))
                                .keeping(new Memo.Count("b", 1))
                                .done());
        journal()
                .commit(
                        Turns.turn(2)
                                .keeping(new Memo.Count("a", 2))
                                .dropping(new Dropped(Memo.Count.class, "b"))
                                .done());

        Recovered recovered = journal().recover();
        assertThat(recovered.turn()).isEqualTo(2);
        assertThat(recovered.at()).isEqualTo(Turns.at(2));
        assertThat(recovered.records()).containsExactly(new Memo.Count("a", 2));
    }

    @Test
    void tellsKindsOfMemosWithTheSameKeyApart() throws Exception {
        Memo count = new Memo.Count("same", 3);
        Memo standing = new Memo.Standing("same", new TreeMap<>(Map.of("verdict", "wait")));

        journal().commit(Turns.turn(1).keeping(count).keeping(standing).done());

        assertThat(journal().recover().records()).containsExactlyInAnyOrder(count, standing);
    }

    @Test
    void commitsATurnOnlyOnce() throws Exception {
        journal().commit(Turns.turn(1).keeping(new Memo.Count("a", 1)).done());

        assertThatThrownBy(() ->
                        journal().commit(Turns.turn(1).keeping(new Memo.Count("a", 9)).done()))
                .isInstanceOf(StoreException.class);
        assertThat(journal().recover().records()).containsExactly(new Memo.Count("a", 1));
    }

    // --- actions ---

    @Test
    void remembersAStartThatNoTurnHasSeen() throws Exception {
        Undertaking planned = Turns.planned("act-1", "demo_web");
        journal().commit(Turns.turn(1).undertaking(planned).done());

        journal().started("act-1", Samples.AT, "hash-1");

        assertThat(journal().recover().records())
                .containsExactly(new Memo.Undertaken(planned.started(Samples.AT, "hash-1")));
        JsonNode item = only(journal().page("action", Map.of(), null, 10));
        assertThat(item.get("state").asText()).isEqualTo("started");
        assertThat(item.get("startedAt").asText()).isEqualTo(Samples.AT.toString());
    }

    @Test
    void forgetsNoStartWhenATurnStillBelievesTheActionPlanned() throws Exception {
        Undertaking planned = Turns.planned("act-1", "demo_web");
        journal().commit(Turns.turn(1).undertaking(planned).done());
        journal().started("act-1", Samples.AT, "hash-1");

        journal().commit(Turns.turn(2).undertaking(planned).done());

        assertThat(journal().recover().records())
                .containsExactly(new Memo.Undertaken(planned.started(Samples.AT, "hash-1")));
    }

    @Test
    void startsNoActionTwice() throws Exception {
        journal().commit(Turns.turn(1).undertaking(Turns.planned("act-1", "demo_web")).done());
        journal().started("act-1", Samples.AT, "hash-1");

        assertThatThrownBy(() -> journal().started("act-1", Samples.AT, "hash-2"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("only a planned action may be sent");
    }

    @Test
    void startsNoActionThatEndedOrThatItDoesNotKnow() throws Exception {
        Undertaking ended =
                Turns.planned("act-1", "demo_web")
                        .ended(Samples.AT, new Outcome.Superseded("the alert resolved"));
        journal().commit(Turns.turn(1).undertaking(ended).done());

        assertThatThrownBy(() -> journal().started("act-1", Samples.AT, "hash"))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> journal().started("act-9", Samples.AT, "hash"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("unknown");
    }

    @Test
    void refusesTheSameActionUnderAnotherId() throws Exception {
        journal().commit(Turns.turn(1).undertaking(Turns.planned("act-1", "demo_web")).done());

        assertThatThrownBy(() ->
                        journal()
                                .commit(
                                        Turns.turn(2)
                                                .undertaking(Turns.planned("act-2", "demo_web"))
                                                .done()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the same action was planned before");
        assertThat(journal().recover().turn()).isEqualTo(1);
        journal().commit(Turns.turn(2).undertaking(Turns.planned("act-3", "demo_db")).done());
    }

    @Test
    void keepsTheHistoryOfAnActionThatMemoryDropped() throws Exception {
        journal().commit(Turns.turn(1).undertaking(Turns.planned("act-1", "demo_web")).done());

        journal()
                .commit(Turns.turn(2).dropping(new Dropped(Memo.Undertaken.class, "act-1")).done());

        assertThat(journal().recover().records()).isEmpty();
        assertThat(journal().page("action", Map.of(), null, 10).items()).hasSize(1);
    }

    // --- pages ---

    @Test
    void listsNewestFirstPageByPage() throws Exception {
        for (int i = 1; i <= 5; i++) {
            journal().commit(Turns.turn(i).line("service/a", "line " + i).done());
        }

        Page first = journal().page("line", Map.of(), null, 2);
        Page second = journal().page("line", Map.of(), first.next(), 2);
        Page third = journal().page("line", Map.of(), second.next(), 2);

        assertThat(texts(first)).containsExactly("line 5", "line 4");
        assertThat(texts(second)).containsExactly("line 3", "line 2");
        assertThat(texts(third)).containsExactly("line 1");
        assertThat(third.next()).isNull();
    }

    @Test
    void listsOnlyWhatIsAskedFor() throws Exception {
        journal()
                .commit(
                        Turns.turn(1)
                                .line("service/a", "of a")
                                .line("service/b' OR '1'='1", "of b")
                                .done());

        Page page = journal().page("line", Map.of("subject", "service/b' OR '1'='1"), null, 9);

        assertThat(texts(page)).containsExactly("of b");
    }

    @Test
    void listsADecisionWithAllThatExplainsIt() throws Exception {
        journal().commit(Turns.turn(1).deciding("dec-1").done());

        JsonNode item = only(journal().page("decision", Map.of("verdict", "wait"), null, 9));

        assertThat(item.get("id").asText()).isEqualTo("dec-1");
        assertThat(item.get("subject").asText()).isEqualTo("service/demo_web");
        assertThat(item.get("intent").asText()).isEqualTo("scale up service/demo_web");
        assertThat(item.get("verdict").asText()).isEqualTo("wait");
        assertThat(item.get("facts").get(0).asText()).isEqualTo("alert/f1");
        assertThat(item.get("objections").get(0).get("guard").asText()).isEqualTo("pace");
        assertThat(item.get("action").asText()).isEqualTo("scale service/demo_web from 2 to 3");
        assertThat(journal().page("decision", Map.of("verdict", "deny"), null, 9).items())
                .isEmpty();
    }

    @Test
    void listsAnIncidentAsItIsNow() throws Exception {
        journal().commit(Turns.turn(1).keeping(new Memo.Open(Turns.incident())).done());
        journal()
                .commit(
                        Turns.turn(2)
                                .keeping(new Memo.Open(Turns.resolved()))
                                .dropping(new Dropped(Memo.Open.class, "inc-1"))
                                .done());

        JsonNode item = only(journal().page("incident", Map.of(), null, 9));

        assertThat(item.get("state").asText()).isEqualTo("resolved");
        assertThat(item.get("resolvedAt").isNull()).isFalse();
        assertThat(item.get("alerts").get(0).asText()).isEqualTo("f1");
    }

    @Test
    void refusesWhatCannotBeListedInASentence() {
        assertThatThrownBy(() -> journal().page("secret", Map.of(), null, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'secret' is not recorded; there are action, decision, incident and line");
        assertThatThrownBy(() -> journal().page("line", Map.of("1=1;--", "x"), null, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("filter by incident, kind, subject");
        assertThatThrownBy(() -> journal().page("line", Map.of(), "x", 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a cursor");
        assertThatThrownBy(() -> journal().page("line", Map.of(), null, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 1000 items");
    }

    @Test
    void keepsARulebookAsOftenAsItIsLoaded() throws Exception {
        journal().keepRulebook("hash", Map.of("a.drl", "rule"), Samples.AT);
        journal().keepRulebook("hash", Map.of("a.drl", "rule"), Samples.AT);
    }

    private static JsonNode only(Page page) throws Exception {
        assertThat(page.items()).hasSize(1);
        assertThat(page.next()).isNull();
        return new JsonMapper().readTree(page.items().getFirst());
    }

    private static List<String> texts(Page page) {
        JsonMapper json = new JsonMapper();
        return page.items().stream()
                .map(item -> {
                    try {
                        return json.readTree(item).get("text").asText();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
