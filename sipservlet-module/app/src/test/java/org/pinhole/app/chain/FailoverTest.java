package org.pinhole.app.chain;

import static java.util.Arrays.asList;
import static java.util.Collections.emptyList;
import static java.util.Collections.singletonList;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.api.FlowToken;

@Tag("O-13")
class FailoverTest {
    private final Target desk1 = target("desk1");
    private final Target desk2 = target("desk2");
    private final Target desk3 = target("desk3");
    private final Target cell = target("cell");
    private final Failover failover =
            Failover.of(TargetSet.of(asList(asList(desk1, desk2, desk3), singletonList(cell)), 4));

    @Test
    void allPhonesAreTriedAtOnceEachByItsBestFlow() {
        assertThat(failover.first()).containsExactly(desk1, cell);
    }

    @ParameterizedTest
    @ValueSource(ints = {430, 408})
    void afterAFailureTheNextFlowOfThatPhoneIsTried(int status) {
        assertThat(failover.answered(desk1, status)).isSameAs(desk2);
        assertThat(failover.answered(desk2, status)).isSameAs(desk3);
        assertThat(failover.answered(desk3, status)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 404, 480, 486, 487, 500, 503})
    void anyOtherAnswerIsThePhonesOwnAndNoFlowOfItIsTriedAgain(int status) {
        assertThat(failover.answered(desk1, status)).isNull();
        assertThat(failover.hasAnother(desk1)).isFalse();
        assertThat(failover.answered(desk1, 430)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 600, 603})
    void whatDecidesTheRequestDecidesItForAllPhones(int status) {
        assertThat(failover.answered(cell, status)).isNull();

        assertThat(failover.answered(desk1, 430)).isNull();
    }

    @Test
    void oneFlowIsNotReplacedTwice() {
        failover.answered(desk1, 408);

        assertThat(failover.answered(desk1, 430)).isNull();
    }

    @Test
    void afterACancelNothingIsTried() {
        failover.end();

        assertThat(failover.answered(desk1, 430)).isNull();
        assertThat(failover.hasAnother(desk1)).isFalse();
    }

    @Test
    void whetherThereIsAnotherFlowIsKnownOfWhatIsUnderWay() {
        assertThat(failover.hasAnother(desk1)).isTrue();
        assertThat(failover.hasAnother(cell)).isFalse();
        assertThat(failover.hasAnother(desk2)).isFalse();
    }

    private static Target target(String name) {
        return Target.of("sip:" + name + "@h", emptyList(), FlowToken.of(name));
    }
}
