package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pinhole.app.chain.Identity;

class StandingDialogsTest {
    private static final String BOB = "sip:bob@10.0.0.7";

    @Test
    void aDialogIsThatOfTheUserOfItsFlow() {
        FakeFlow phone = new FakeFlow("f");
        assertThat(userOf(phone, null, BOB)).isEqualTo("token-f");

        phone.authenticated("sip:alice@pinhole.test");

        assertThat(userOf(phone, null, BOB)).isEqualTo("sip:alice@pinhole.test");
        assertThat(userOf(phone, Identity.of("carol", "pinhole.test"), BOB)).isEqualTo("sip:alice@pinhole.test");
    }

    /** Whose flow is that of whichever of its phones was the first. */
    @Test
    void behindAnEdgeItIsItsSendersOrOfWhomItIsFor() {
        FakeFlow edge = new FakeFlow("f", Collections.singletonMap("pinhole.edge-sources", "198.51.100.7"));
        edge.authenticated("sip:alice@pinhole.test");

        assertThat(userOf(edge, Identity.of("carol", "pinhole.test"), BOB)).isEqualTo("sip:carol@pinhole.test");
        assertThat(userOf(edge, null, BOB)).isNotEqualTo(userOf(edge, null, "sip:dave@10.0.0.8"));
        assertThat(userOf(edge, null, BOB)).isNotEqualTo("sip:alice@pinhole.test");
    }

    private static String userOf(FakeFlow phone, @Nullable Identity sender, String uri) {
        return StandingDialogs.userOf(phone, sender, uri);
    }
}
