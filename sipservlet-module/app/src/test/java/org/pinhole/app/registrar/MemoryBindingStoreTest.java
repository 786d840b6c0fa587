package org.pinhole.app.registrar;

import static java.util.Collections.emptyList;
import static java.util.Collections.singletonList;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pinhole.api.FlowToken;
import org.pinhole.api.spi.Binding;

class MemoryBindingStoreTest {
    private final MemoryBindingStore store = new MemoryBindingStore();

    @Test
    void whoSawAnOlderStateReadsAgain() {
        Binding one = binding("sip:1@h", "f");

        assertThat(store.replace("a", emptyList(), singletonList(one))).isTrue();
        assertThat(store.replace("a", emptyList(), singletonList(binding("sip:2@h", "f"))))
                .isFalse();
        assertThat(store.bindings("a")).containsExactly(one);
    }

    @Test
    void aFlowTakesOnlyItsOwnBindingsAlong() {
        Binding one = binding("sip:1@h", "f");
        Binding two = binding("sip:2@h", "g");
        store.replace("a", emptyList(), singletonList(one));
        store.replace("b", emptyList(), singletonList(two));

        store.removeFlow(FlowToken.of("f"));

        assertThat(store.bindings("a")).isEmpty();
        assertThat(store.bindings("b")).containsExactly(two);
    }

    private static Binding binding(String contact, String flow) {
        return Binding.to(contact).over(FlowToken.of(flow), emptyList()).build();
    }
}
