package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.Lease.Standing;
import io.homeostat.swarm.LeaseConfig.Absent;
import io.homeostat.swarm.LeaseConfig.State;
import org.junit.jupiter.api.Test;

/// Who finds no lease, who has it, and who gives it up.
class TenureTest extends TenureStage {
    // --- nobody had it ---

    @Test
    void whoFindsNoLeaseClaimsItAndLeadsOnlyWhenAnybodyWhoHadOneMustHaveNoticed() {
        Tenure.Step.Write claim = write(tenure.seen(new Absent(), now));
        assertThat(claim.on()).isNull();
        assertThat(claim.entry()).isEqualTo(entry(State.CLAIMED, US, 1));

        assertThat(tenure.wrote(claim, now)).isEqualTo(seconds(10));
        assertThat(standing())
                .isEqualTo(
                        new Standing.Unsure(
                                "there was no lease; this process leads in 40 s, when whoever may have had one has noticed"));

        after(39);
        assertThat(write(seen(State.CLAIMED, US, 1)).entry().state()).isEqualTo(State.CLAIMED);
        after(1);
        take(write(seen(State.CLAIMED, US, 1)));
        assertThat(standing()).isEqualTo(new Standing.Ours(1, seconds(30)));
    }

    @Test
    void ofTwoThatStartAtOnceTheSecondWaits() {
        Tenure other = process(THEM);
        write(tenure.seen(new Absent(), now));
        Tenure.Step.Write second = write(other.seen(new Absent(), now));
        assertThat(second.on()).isNull();
        other.failed("config homeostat-lease-test already exists");

        assertThat(other.seen(present(State.CLAIMED, US, 1), now))
                .isEqualTo(new Tenure.Step.Look(seconds(3)));
        assertThat(other.right().at(now)).isEqualTo(new Standing.Elsewhere(US, now.wall()));
    }

    @Test
    void aClaimWhoseAnswerWasLostIsGoneOnWith() {
        write(tenure.seen(new Absent(), now));
        tenure.failed("Docker has not answered");

        after(40);

        assertThat(write(seen(State.CLAIMED, US, 1)).entry()).isEqualTo(entry(State.HELD, US, 1));
    }

    @Test
    void aProcessThatDiedWhileItClaimedIsFollowedByOneThatClaimsAnew() {
        Tenure.Step.Write claim = write(seen(State.CLAIMED, US, 1));

        assertThat(claim.entry()).isEqualTo(entry(State.CLAIMED, US, 2));
        tenure.wrote(claim, now);
        assertThat(standing()).isInstanceOf(Standing.Unsure.class);
    }

    // --- we have it ---

    @Test
    void aThirdOfTheLeaseLaterItIsRenewedWithTheSameEpoch() {
        lead();

        after(10);
        Tenure.Step.Write renewal = write(seen(State.HELD, US, 7));

        assertThat(renewal.entry()).isEqualTo(entry(State.HELD, US, 7));
        assertThat(take(renewal)).isEqualTo(seconds(10));
        assertThat(standing()).isEqualTo(new Standing.Ours(7, seconds(30)));
    }

    @Test
    void itCountsFromBeforeTheRenewalWasSent() {
        lead();
        after(10);
        Tenure.Step.Write renewal = write(seen(State.HELD, US, 7));
        Moment before = now;

        after(8);
        tenure.wrote(renewal, before);

        assertThat(standing()).isEqualTo(new Standing.Ours(7, seconds(22)));
    }

    @Test
    void withoutARenewalItRunsOutAndSaysWhy() {
        lead();
        tenure.failed("Docker does not answer");

        after(29);
        assertThat(standing()).isEqualTo(new Standing.Ours(7, seconds(1)));
        after(1);
        assertThat(standing()).isEqualTo(new Standing.Unsure("Docker does not answer"));
    }

    @Test
    void whatRanOutAndNobodyTookIsRenewed() {
        lead();
        after(300);

        take(write(seen(State.HELD, US, 7)));

        assertThat(standing()).isEqualTo(new Standing.Ours(7, seconds(30)));
    }

    @Test
    void aRenewalWhoseAnswerWasLostCountsOnlyFromTheNextOne() {
        lead();
        after(10);
        write(seen(State.HELD, US, 7));
        tenure.failed("Docker has not answered");

        after(10);
        assertThat(standing()).isEqualTo(new Standing.Ours(7, seconds(10)));
        take(write(seen(State.HELD, US, 7)));
        assertThat(standing()).isEqualTo(new Standing.Ours(7, seconds(30)));
    }

    @Test
    void whenAnotherTookItItIsLostAtOnceHoweverMuchWasLeft() {
        lead();
        after(1);

        assertThat(seen(State.HELD, THEM, 8)).isInstanceOf(Tenure.Step.Look.class);

        assertThat(standing()).isEqualTo(new Standing.Elsewhere(THEM, now.wall()));
    }

    @Test
    void whatAPersonRemovedIsWrittenAgainWithTheNextEpochWhileItIsOurs() {
        lead();
        after(10);

        Tenure.Step.Write again = write(tenure.seen(new Absent(), now));

        assertThat(again.on()).isNull();
        assertThat(again.entry()).isEqualTo(entry(State.HELD, US, 8));
        take(again);
        assertThat(standing()).isEqualTo(new Standing.Ours(8, seconds(30)));
    }

    @Test
    void whatAPersonRemovedAfterItRanOutIsClaimedLikeAnyOther() {
        lead();
        after(30);

        assertThat(write(tenure.seen(new Absent(), now)).entry())
                .isEqualTo(entry(State.CLAIMED, US, 8));
    }

    @Test
    void garbageInTheLabelsIsWrittenOverWhileItIsOurs() {
        lead();
        after(10);

        Tenure.Step.Write again = write(tenure.seen(garbled(), now));

        assertThat(again.entry()).isEqualTo(entry(State.HELD, US, 8));
    }

    @Test
    void somebodyWhoCallsItselfAsWeDoAndLivesIsAnother() {
        lead();
        after(10);

        assertThat(seen(State.HELD, US, 8)).isInstanceOf(Tenure.Step.Look.class);

        assertThat(standing()).isEqualTo(new Standing.Elsewhere(US, now.wall()));
    }

    // --- clocks ---

    @Test
    void aClockThatIsSetBackGivesNothing() {
        lead();

        jump(-3600);
        after(20);
        assertThat(standing()).isEqualTo(new Standing.Ours(7, seconds(10)));
        after(10);
        assertThat(standing()).isInstanceOf(Standing.Unsure.class);
    }

    /// To the clock that nobody sets, a suspended machine has lost no time.
    @Test
    void aSuspendedMachineHasLostItWhenItWakesUp() {
        lead();

        jump(600);

        assertThat(standing()).isInstanceOf(Standing.Unsure.class);
    }

    @Test
    void aRenewalThatWasUnderWayWhileTheMachineWasSuspendedIsWorthNothing() {
        lead();
        after(10);
        Tenure.Step.Write renewal = write(seen(State.HELD, US, 7));
        Moment before = now;

        jump(600);
        tenure.wrote(renewal, before);

        assertThat(standing()).isInstanceOf(Standing.Unsure.class);
    }

    @Test
    void whoWaitsIsNotHurriedByAClockThatIsSetForward() {
        seen(State.HELD, THEM, 7);

        jump(3600);
        after(39);

        assertThat(tenure.seen(present(State.HELD, THEM, 7), now))
                .isInstanceOf(Tenure.Step.Look.class);
    }

    // --- before the first look, and the end ---

    @Test
    void withoutALookNobodyCanTell() {
        assertThat(standing()).isEqualTo(new Standing.Unsure("the swarm was not asked yet"));
        assertThat(tenure.failed("Docker does not answer")).isEqualTo(seconds(3));
        assertThat(standing()).isEqualTo(new Standing.Unsure("Docker does not answer"));
    }

    @Test
    void whoStopsLeadsNoMoreAndSaysSo() {
        lead();

        tenure.resign();

        assertThat(standing()).isEqualTo(new Standing.Unsure("this process is stopping"));
        assertThat(tenure.farewell(present(State.HELD, US, 7)))
                .hasValueSatisfying(
                        write -> assertThat(write.entry()).isEqualTo(entry(State.RELEASED, US, 7)));
    }

    @Test
    void whoDidNotLeadGivesNothingUp() {
        seen(State.HELD, THEM, 7);
        tenure.resign();

        assertThat(tenure.farewell(present(State.HELD, THEM, 7))).isEmpty();
        assertThat(tenure.farewell(new Absent())).isEmpty();
        assertThat(tenure.farewell(garbled())).isEmpty();
    }

    @Test
    void whoOnlyClaimedGivesNothingUpForTheNextMustWaitAsWell() {
        tenure.wrote(write(tenure.seen(new Absent(), now)), now);
        tenure.resign();

        assertThat(tenure.farewell(present(State.CLAIMED, US, 1))).isEmpty();
    }
}
