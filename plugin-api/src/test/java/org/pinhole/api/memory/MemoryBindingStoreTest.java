package org.pinhole.api.memory;

import static java.util.Arrays.asList;
import static java.util.Collections.emptyList;
import static java.util.Collections.singletonList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.api.FlowToken;
import org.pinhole.api.spi.Binding;
import org.pinhole.api.spi.BindingsUnavailableException;

class MemoryBindingStoreTest {
    private static final long START = 1_800_000_000_000L;

    private final AtomicLong clock = new AtomicLong(START);
    private final MemoryBindingStore store = new MemoryBindingStore(3, clock::get);

    @Test
    void whoSawAnOlderStateReadsAgain() throws Exception {
        Binding one = binding("sip:1@h", "f");

        assertThat(store.replace("a", emptyList(), singletonList(one))).isTrue();
        assertThat(store.replace("a", emptyList(), singletonList(binding("sip:2@h", "f"))))
                .isFalse();
        assertThat(store.bindings("a")).containsExactly(one);
    }

    @Test
    @Tag("O-14")
    void aFlowTakesItsBindingsAlongWhateverTheirAddressAndNoOthers() throws Exception {
        Binding one = binding("sip:1@h", "f");
        Binding two = binding("sip:2@h", "g");
        store.replace("a", emptyList(), asList(one, two));
        store.replace("b", emptyList(), singletonList(one));

        store.removeFlow(FlowToken.of("f"));

        assertThat(store.bindings("a")).containsExactly(two);
        assertThat(store.bindings("b")).isEmpty();
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void aFullStoreSaysSoAndChangesNothing() throws Exception {
        Binding one = binding("sip:1@h", "f");
        store.replace("a", emptyList(), asList(one, binding("sip:2@h", "f"), binding("sip:3@h", "f")));

        assertThatThrownBy(() -> store.replace("b", emptyList(), singletonList(one)))
                .isInstanceOf(BindingsUnavailableException.class)
                .hasMessageContaining("3 of 3");
        assertThat(store.bindings("b")).isEmpty();
        assertThat(store.size()).isEqualTo(3);
    }

    @Test
    void aFullStoreStillTakesRefreshesAndRemovals() throws Exception {
        Binding one = binding("sip:1@h", "f");
        Binding refreshed = binding("sip:1@h", "g");
        store.replace("a", emptyList(), asList(one, one, one));

        assertThat(store.replace("a", asList(one, one, one), asList(one, one, refreshed)))
                .isTrue();
        assertThat(store.replace("a", asList(one, one, refreshed), emptyList())).isTrue();
        assertThat(store.size()).isZero();
    }

    @Test
    void whatHasExpiredMakesRoom() throws Exception {
        store.replace("a", emptyList(), asList(expiring(30), expiring(31), expiring(90)));
        clock.addAndGet(60_000);

        store.replace("b", emptyList(), singletonList(expiring(600)));

        assertThat(store.bindings("a")).containsExactly(expiring(90));
        assertThat(store.size()).isEqualTo(2);
    }

    /** Event loops wait for the lock when flows end: nobody holds it for all addresses at once. */
    @Test
    void expiredOnesAreSweptOutAFewAtATimeAndAllInTime() throws Exception {
        MemoryBindingStore large = new MemoryBindingStore(10_000, clock::get);
        for (int i = 0; i < 1000; i++) {
            large.replace("old" + i, emptyList(), singletonList(expiring(30)));
        }
        clock.addAndGet(31_000);

        large.replace("new", emptyList(), singletonList(expiring(600)));
        assertThat(large.size()).isBetween(900, 1000);
        for (int i = 0; i < 40; i++) {
            large.replace("new" + i, emptyList(), singletonList(expiring(600)));
        }

        assertThat(large.size()).isEqualTo(41);
    }

    @Test
    void thisProcessHasOne() {
        assertThat(MemoryBindingStore.ofThisProcess()).isSameAs(MemoryBindingStore.ofThisProcess());
    }

    private static Binding binding(String contact, String flow) {
        return Binding.to(contact)
                .lifetime(START, START + 3_600_000)
                .over(FlowToken.of(flow), emptyList())
                .build();
    }

    private static Binding expiring(long seconds) {
        return Binding.to("sip:1@h").lifetime(START, START + seconds * 1000).build();
    }
}
