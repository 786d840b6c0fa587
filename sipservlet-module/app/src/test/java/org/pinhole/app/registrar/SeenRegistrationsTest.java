package org.pinhole.app.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.api.FlowToken;
import org.pinhole.api.memory.MemoryBindingStore;
import org.pinhole.api.spi.Binding;
import org.pinhole.api.spi.BindingStore;
import org.pinhole.api.spi.BindingsUnavailableException;
import org.pinhole.app.HandClock;

/** What a registration opened elsewhere ends with it, and with nothing less. */
@Tag("T-8")
class SeenRegistrationsTest {
    private static final String ALICE = "sip:alice@pinhole.test";
    private static final FlowToken FLOW = FlowToken.of("k1AAAA");

    private final HandClock clock = new HandClock();
    private final MemoryBindingStore store = new MemoryBindingStore(100, clock);
    private final SeenRegistrations registrations = new SeenRegistrations(store, clock);

    @Test
    void aRegistrationIsOverWhenItsLastBindingIsRemoved() throws Exception {
        register(600);
        assertThat(isOver()).isFalse();

        deregister();

        assertThat(isOver()).isTrue();
        register(600);
        assertThat(isOver()).as("registered again").isFalse();
    }

    @Test
    void aRegistrationIsOverWhenItsTimeIs() throws Exception {
        register(600);

        clock.advanceSeconds(599);
        assertThat(isOver()).isFalse();
        clock.advanceSeconds(1);
        assertThat(isOver()).isTrue();
    }

    @Test
    void aFlowThatDiesEndsNoRegistration() throws Exception {
        register(600);

        registrations.removeFlow(FLOW);

        assertThat(store.bindings(ALICE)).isEmpty();
        assertThat(isOver()).isFalse();
    }

    /** As it is with everybody after a restart: calls go on until the phones are back. */
    @Test
    void whoWasNeverSeenHereIsNotOver() {
        assertThat(isOver()).isFalse();
    }

    @Test
    void whoRegisteredThroughAnotherNodeMeanwhileIsNotOver() throws Exception {
        register(60);
        clock.advanceSeconds(61);

        store.replace(ALICE, store.bindings(ALICE), Collections.singletonList(binding(600)));

        assertThat(isOver()).isFalse();
    }

    @Test
    void aStoreThatCannotSayEndsNothing() throws Exception {
        SeenRegistrations failing = new SeenRegistrations(new Failing(), clock);
        failing.replace(ALICE, Collections.emptyList(), Collections.emptyList());

        assertThat(failing.isOver("alice", "pinhole.test")).isFalse();
    }

    private boolean isOver() {
        return registrations.isOver("alice", "pinhole.test");
    }

    private void register(int seconds) throws BindingsUnavailableException {
        registrations.replace(ALICE, registrations.bindings(ALICE), Collections.singletonList(binding(seconds)));
    }

    private void deregister() throws BindingsUnavailableException {
        registrations.replace(ALICE, registrations.bindings(ALICE), Collections.emptyList());
    }

    private Binding binding(int seconds) {
        long now = clock.getAsLong();
        return Binding.to("sip:alice@192.0.2.7")
                .lifetime(now, now + seconds * 1000L)
                .over(FLOW, Collections.emptyList())
                .build();
    }

    /** Takes what it is given and finds nothing again. */
    private static final class Failing implements BindingStore {
        @Override
        public List<Binding> bindings(String addressOfRecord) throws BindingsUnavailableException {
            throw new BindingsUnavailableException("gone");
        }

        @Override
        public boolean replace(String addressOfRecord, List<Binding> seen, List<Binding> updated) {
            return true;
        }

        @Override
        public void removeFlow(FlowToken flow) {}
    }
}
