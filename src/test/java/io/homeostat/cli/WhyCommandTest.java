package io.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What people read when they ask why.
class WhyCommandTest extends CommandsOnAServer {
    @Test
    void showsARuleThatWishesWithItsGuards() {
        answers.put(
                "GET /api/v1/why?subject=web",
                ok(
                        "{'at':'2026-01-05T10:00:02Z','subject':'service/web','rules':[{'name':'up',"
                                + "'file':'a.drl','line':3,'wishes':[{'intent':'scale up service/web',"
                                + "'subject':'service/web','because':['alert/ab12'],'decision':"
                                + "{'at':'2026-01-05T10:00:01Z','verdict':'wait','reason':'it was"
                                + " scaled','objections':[{'guard':'pace','verdict':'wait','reason':"
                                + "'scaled 20 s ago','change':'wait','until':"
                                + "'2026-01-05T10:02:00Z'}]}}],'elsewhere':[],'putAside':null,"
                                + "'satisfied':2,'constraints':2,'conditions':[{'text':'Alert( firing"
                                + " )','negated':false,'standing':'HOLDS','note':'','own':1,'seen':1,"
                                + "'given':[],'matching':1,'matches':['alert/ab12 Slow'],"
                                + "'nearest':[]}],'last':null}],'others':1}"));

        assertThat(run("why", "web")).isZero();
        assertThat(out.toString())
                .contains(
                        "service/web at 2026-01-05 10:00:02",
                        "rule \"up\" (a.drl:3) wishes",
                        "holds  Alert( firing )",
                        "matches: alert/ab12 Slow",
                        "It wishes to scale up service/web, because of alert/ab12.",
                        "decided: 2026-01-05 10:00:01, wait, it was scaled",
                        "pace: wait until 2026-01-05 10:02:00, scaled 20 s ago",
                        "to change it: wait",
                        "1 other rule did not come near.");
    }

    @Test
    void showsTheNearestFactsAndWhatTheyLack() {
        answers.put(
                "GET /api/v1/why?rule=up&subject=web",
                ok(
                        "{'at':'2026-01-05T10:00:02Z','subject':'service/web','rules':[{'name':'up',"
                                + "'file':'a.drl','line':3,'wishes':[],'elsewhere':['service/api'],"
                                + "'putAside':'it threw','satisfied':1,'constraints':3,'conditions':["
                                + "{'text':'Alert( x == 1 )','negated':false,'standing':'FAILS',"
                                + "'note':'','own':1,'seen':4,'given':['$s = service/web'],"
                                + "'matching':0,'matches':[],'nearest':[{'fact':'alert/ab12 Slow',"
                                + "'own':true,'satisfied':1,'constraint':'x == 1','found':[{"
                                + "'expression':'x','value':'2'}],'threw':''}]},"
                                + "{'text':'not Task()','negated':true,'standing':'FAILS','note':'',"
                                + "'own':1,'seen':1,'given':[],'matching':4,'matches':['task/t1'],"
                                + "'nearest':[]},{'text':'Node()','negated':false,'standing':'OPEN',"
                                + "'note':'it uses what no fact matches above','own':0,'seen':0,"
                                + "'given':[],'matching':0,'matches':[],'nearest':[]}],'last':"
                                + "{'at':'2026-01-05T09:00:00Z','verdict':'allow','reason':'slow'}}],"
                                + "'others':7}"));

        assertThat(run("why", "web", "up")).isZero();
        assertThat(out.toString())
                .contains(
                        "does not wish; 1 of 3 constraints hold; it wishes something about service/api",
                        "It is put aside and not heard: it threw",
                        "fails  Alert( x == 1 )",
                        "with $s = service/web",
                        "alert/ab12 Slow",
                        "x == 1  fails: x is 2",
                        "in the way: task/t1 and 3 more",
                        "open   Node()",
                        "it uses what no fact matches above",
                        "last time: 2026-01-05 09:00:00, allow, slow")
                .doesNotContain("did not come near");
    }

    @Test
    void saysThatNothingCameNearAndHowToAskFurther() {
        answers.put(
                "GET /api/v1/why?subject=web",
                ok(
                        "{'at':'2026-01-05T10:00:02Z','subject':'service/web','rules':[],"
                                + "'others':9}"));

        assertThat(run("why", "web")).isZero();
        assertThat(out.toString())
                .contains("None of 9 rules came near", "./homeostat why web \"RULE\"");
        assertThat(run("why", "web", "--json")).isZero();
        assertThat(out.toString()).contains("\"others\" : 9");
    }

    @Test
    void saysWhatTheServerSaysOfANameThatIsUnclear() {
        answers.put(
                "GET /api/v1/why?subject=we",
                new Answer(404, "{'detail':'nothing is known by we; nearest are service/web'}"));

        assertThat(run("why", "we")).isEqualTo(1);
        assertThat(err.toString()).contains("nearest are service/web");
        assertThat(run("why")).isEqualTo(2);
    }
}
