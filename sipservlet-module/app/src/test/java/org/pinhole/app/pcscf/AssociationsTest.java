package org.pinhole.app.pcscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.HandClock;
import org.pinhole.app.chain.NameAddress;

@Tag("P-15")
class AssociationsTest {
    private static final NameAddress PLAIN = NameAddress.parse("<sip:alice@10.1.2.3:49152>");
    private static final String OUTBOUND = "<sip:alice@10.1.2.3>;+sip.instance=\"<urn:uuid:1>\";reg-id=";

    private final HandClock clock = new HandClock();
    private final Associations associations = new Associations(clock);
    private final FakeFlow first = new FakeFlow("first");
    private final FakeFlow second = new FakeFlow("second");

    @Test
    void aPhoneThatRegistersOnAnotherConnectionGivesUpTheFirst() {
        bind(first, "alice_priv", PLAIN);

        bind(second, "alice_priv", PLAIN);

        assertThat(associations.find(first)).isNull();
        assertThat(first.open()).isFalse();
        assertThat(associations.isBound(second, "alice_priv")).isTrue();
    }

    @Test
    void underOutboundAPhoneHasAFlowForEachRegIdAndOneForTheSame() {
        FakeFlow third = new FakeFlow("third");
        bind(first, "alice_priv", NameAddress.parse(OUTBOUND + 1));

        bind(second, "alice_priv", NameAddress.parse(OUTBOUND + 2));
        bind(third, "alice_priv", NameAddress.parse(OUTBOUND + 1));

        assertThat(first.open()).isFalse();
        assertThat(associations.isBound(second, "alice_priv")).isTrue();
        assertThat(associations.isBound(third, "alice_priv")).isTrue();
    }

    @Test
    void theSameContactOfAnotherUserIsAnotherPhone() {
        bind(first, "alice_priv", PLAIN);

        bind(second, "bob_priv", PLAIN);

        assertThat(associations.isBound(first, "alice_priv")).isTrue();
    }

    @Test
    void anotherPrivateIdentityOnAFlowTakesThePlaceOfTheOneBefore() {
        bind(first, "alice_priv", PLAIN);

        bind(first, "bob_priv", PLAIN);

        assertThat(associations.isBound(first, "alice_priv")).isFalse();
        assertThat(associations.isBound(first, "bob_priv")).isTrue();
    }

    @Test
    @Tag("P-5")
    void anAssociationEndsWithItsFlowEvenIfThatEndedWhileTheAnswerWasOnItsWay() {
        bind(first, "alice_priv", PLAIN);
        associations.flowClosed(first.token());
        second.close("gone");
        bind(second, "bob_priv", PLAIN);

        assertThat(associations.find(first)).isNull();
        assertThat(associations.find(second)).isNull();
    }

    private void bind(FakeFlow flow, String privateIdentity, NameAddress contact) {
        PublicIdentity identity = PublicIdentity.of("sip:" + privateIdentity + "@home1.example");
        associations.bind(
                flow,
                privateIdentity,
                contact,
                new Registration(
                        identity.uri(),
                        Collections.singletonList(identity),
                        Collections.emptyList(),
                        clock.getAsLong() + 60_000));
    }
}
