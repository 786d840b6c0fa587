package org.pinhole.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowsPerUserTest {
    private final FlowsPerUser<String> flows = new FlowsPerUser<>(2);

    @Test
    void theOldestOfTheUserEndsForOneTooMany() {
        assertThat(flows.enter("alice", "a1")).isNull();
        assertThat(flows.enter("bob", "b1")).isNull();
        assertThat(flows.enter("alice", "a2")).isNull();

        assertThat(flows.enter("alice", "a3")).isEqualTo("a1");
        assertThat(flows.enter("alice", "a4")).isEqualTo("a2");
        assertThat(flows.enter("bob", "b2")).isNull();
    }

    @Test
    void whatHasEndedMakesRoomAndNothingIsLeftBehind() {
        flows.enter("alice", "a1");
        flows.enter("alice", "a2");
        flows.enter("alice", "a3");

        flows.leave("alice", "a1"); // it was not counted any more
        assertThat(flows.enter("alice", "a4")).isEqualTo("a2");
        flows.leave("alice", "a3");
        flows.leave("alice", "a3");
        assertThat(flows.enter("alice", "a5")).isNull();

        flows.leave("alice", "a4");
        flows.leave("alice", "a5");
        flows.leave("bob", "b1");
        assertThat(flows.users()).isZero();
    }

    @Test
    void anotherOfTheUsersIsFoundAndNobodyElses() {
        flows.enter("bob", "b1");
        assertThat(flows.findOneOf("alice")).isNull();

        flows.enter("alice", "a1");

        assertThat(flows.findOneOf("alice")).isEqualTo("a1");
    }
}
