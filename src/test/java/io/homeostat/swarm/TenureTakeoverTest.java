package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.Lease.Standing;
import io.homeostat.swarm.LeaseConfig.Absent;
import io.homeostat.swarm.LeaseConfig.Entry;
import io.homeostat.swarm.LeaseConfig.Present;
import io.homeostat.swarm.LeaseConfig.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Who waits while another has it, and takes it over.
class TenureTakeoverTest extends TenureStage {
    // --- another has it ---

    @Test
    void itIsTakenOverWhenItWasNotRenewedForTheLeaseAndTheLongestCall() {
        assertThat(seen(State.HELD, THEM, 7)).isEqualTo(new Tenure.Step.Look(seconds(3)));
        Instant since = now.wall();

        after(38);
        assertThat(tenure.seen(present(State.HELD, THEM, 7), now))
                .isEqualTo(new Tenure.Step.Look(seconds(2)));
        assertThat(standing()).isEqualTo(new Standing.Elsewhere(THEM, since));

        after(2);
        Tenure.Step.Write over = write(tenure.seen(present(State.HELD, THEM, 7), now));
        assertThat(over.on()).isEqualTo(present(State.HELD, THEM, 7));
        assertThat(over.entry()).isEqualTo(entry(State.HELD, US, 8));
        assertThat(over.why()).isEqualTo("them has not renewed it for 40 s");
        take(over);
        assertThat(standing()).isEqualTo(new Standing.Ours(8, seconds(30)));
    }

    @Test
    void eachRenewalOfTheOtherMakesUsWaitAnew() {
        seen(State.HELD, THEM, 7);
        after(39);

        version++;
        assertThat(seen(State.HELD, THEM, 7)).isEqualTo(new Tenure.Step.Look(seconds(3)));
        after(39);

        assertThat(tenure.seen(present(State.HELD, THEM, 7), now))
                .isInstanceOf(Tenure.Step.Look.class);
    }

    @Test
    void whoSetItselfALongerLeaseIsGivenThatLong() {
        Entry longer = new Entry(State.HELD, THEM, THEM, 7, seconds(100));
        tenure.seen(new Present("c", version, longer, spec()), now);

        after(109);
        assertThat(tenure.seen(new Present("c", version, longer, spec()), now))
                .isInstanceOf(Tenure.Step.Look.class);
        after(1);

        assertThat(write(tenure.seen(new Present("c", version, longer, spec()), now)).entry())
                .isEqualTo(entry(State.HELD, US, 8));
    }

    @Test
    void oneThatWasOnlyClaimedIsWaitedForAsLong() {
        seen(State.CLAIMED, THEM, 1);
        after(39);
        assertThat(tenure.seen(present(State.CLAIMED, THEM, 1), now))
                .isInstanceOf(Tenure.Step.Look.class);
        after(1);

        assertThat(write(tenure.seen(present(State.CLAIMED, THEM, 1), now)).entry())
                .isEqualTo(entry(State.HELD, US, 2));
    }

    @Test
    void whatTheOtherGaveUpIsTakenAtOnce() {
        seen(State.HELD, THEM, 7);

        version++;
        Tenure.Step.Write over = write(seen(State.RELEASED, THEM, 7));

        assertThat(over.entry()).isEqualTo(entry(State.HELD, US, 8));
        take(over);
        assertThat(standing()).isEqualTo(new Standing.Ours(8, seconds(30)));
    }

    @Test
    void whatTheOtherHadAndAPersonRemovedIsOnlyClaimed() {
        seen(State.HELD, THEM, 7);
        after(5);

        Tenure.Step.Write claim = write(tenure.seen(new Absent(), now));

        assertThat(claim.entry()).isEqualTo(entry(State.CLAIMED, US, 8));
    }

    @Test
    void whoLosesTheRaceForItGoesOnWaiting() {
        seen(State.HELD, THEM, 7);
        after(40);
        write(tenure.seen(present(State.HELD, THEM, 7), now));
        tenure.failed("update out of sequence");

        version++;
        assertThat(seen(State.HELD, "third", 8)).isEqualTo(new Tenure.Step.Look(seconds(3)));
        assertThat(standing()).isEqualTo(new Standing.Elsewhere("third", now.wall()));
    }

    @Test
    void aTakeoverThatWasNotSentIsTriedAgainWithTheSameEpoch() {
        seen(State.HELD, THEM, 7);
        after(40);
        write(tenure.seen(present(State.HELD, THEM, 7), now));
        tenure.failed("Docker does not answer");
        after(3);
        tenure.seen(present(State.HELD, THEM, 7), now);

        after(40);

        assertThat(write(tenure.seen(present(State.HELD, THEM, 7), now)).entry().epoch())
                .isEqualTo(8);
    }

    @Test
    void aTakeoverWhoseAnswerWasLostIsGoneOnWith() {
        seen(State.HELD, THEM, 7);
        after(40);
        write(tenure.seen(present(State.HELD, THEM, 7), now));
        tenure.failed("Docker has not answered");
        assertThat(standing()).isInstanceOf(Standing.Elsewhere.class);

        version++;
        take(write(seen(State.HELD, US, 8)));

        assertThat(standing()).isEqualTo(new Standing.Ours(8, seconds(30)));
    }

    @Test
    void whatCannotBeReadIsTakenOverWhenItStaysSo() {
        assertThat(tenure.seen(garbled(), now)).isEqualTo(new Tenure.Step.Look(seconds(3)));
        assertThat(standing())
                .isEqualTo(
                        new Standing.Unsure(
                                "the labels of its config cannot be read (epoch is 'x'); it is taken over in 40 s unless they change"));
        after(40);

        assertThat(write(tenure.seen(garbled(), now)).entry()).isEqualTo(entry(State.HELD, US, 1));
    }

    @Test
    void whatIsKnownOfTheOtherIsWorthNothingWhenItIsTooOld() {
        seen(State.HELD, THEM, 7);
        tenure.failed("Docker does not answer");

        after(40);
        assertThat(standing()).isInstanceOf(Standing.Elsewhere.class);
        after(1);
        assertThat(standing()).isEqualTo(new Standing.Unsure("Docker does not answer"));
    }

    // --- our former process ---

    @Test
    void ourFormerProcessIsDeadSoItsLeaseIsTakenAtOnceWithTheNextEpoch() {
        Tenure.Step.Write over = write(seen(State.HELD, US, 7));

        assertThat(over.entry()).isEqualTo(entry(State.HELD, US, 8));
        take(over);
        assertThat(standing()).isEqualTo(new Standing.Ours(8, seconds(30)));
    }

    @Test
    void thatIsTriedAgainWhenItWasNotSent() {
        write(seen(State.HELD, US, 7));
        tenure.failed("Docker does not answer");

        assertThat(write(seen(State.HELD, US, 7)).entry()).isEqualTo(entry(State.HELD, US, 8));
    }
}
