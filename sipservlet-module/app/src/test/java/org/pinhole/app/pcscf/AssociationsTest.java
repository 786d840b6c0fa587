package org.pinhole.app.pcscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
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

    /** Two homes may both have a 10.1.2.3: it takes more than that to be the same phone. */
    @Test
    @Tag("P-15")
    void twoPhonesOfOneAccountWithOnePrivateContactDoNotHangUpOnEachOther() {
        FakeFlow elsewhere = new FakeFlow("elsewhere").from("203.0.113.9");
        bind(first, "alice_priv", PLAIN);

        bind(elsewhere, "alice_priv", PLAIN);
        bind(first, "alice_priv", PLAIN);

        assertThat(first.open()).isTrue();
        assertThat(elsewhere.open()).isTrue();
        assertThat(associations.isBound(first, "alice_priv")).isTrue();
        assertThat(associations.isBound(elsewhere, "alice_priv")).isTrue();
    }

    @Test
    @Tag("P-15")
    void aPhoneThatSaysWhichDeviceItIsTakesItsOwnPlaceFromAnywhere() {
        FakeFlow elsewhere = new FakeFlow("elsewhere").from("203.0.113.9");
        bind(first, "alice_priv", NameAddress.parse(OUTBOUND + 1));

        bind(elsewhere, "alice_priv", NameAddress.parse(OUTBOUND + 1));

        assertThat(first.open()).isFalse();
        assertThat(associations.find(first)).isNull();
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

    /** Its Contacts may differ: each registration ends with its own. */
    @Test
    @Tag("P-17")
    void ofTwoRegistrationsOnAFlowTheOneWhoseContactTheCoreEndsIsOver() {
        PublicIdentity work = PublicIdentity.of("sip:work@home1.example");
        PublicIdentity home = PublicIdentity.of("sip:home@home1.example");
        associations.bind(first, "alice_priv", registration(work, PLAIN));
        associations.bind(first, "alice_priv", registration(home, NameAddress.parse("<sip:alice@10.1.2.3:49153>")));

        associations.ended(new EndedRegistration(work, "sip:alice@10.9.9.9"));
        assertThat(identityOn(first, work)).isEqualTo(work);
        associations.ended(new EndedRegistration(work, "sip:alice@10.1.2.3:49152"));

        assertThat(identityOn(first, work)).isNull();
        assertThat(identityOn(first, home)).isEqualTo(home);
    }

    @Test
    void aPhoneThatChangesItsContactEachTimeIsKnownByTheLastOnly() {
        PublicIdentity alice = PublicIdentity.of("sip:alice@home1.example");
        for (int port = 1; port <= 1000; port++) {
            NameAddress contact = NameAddress.parse("<sip:alice@10.1.2.3:" + port + ">");
            associations.bind(first, "alice_priv", registration(alice, contact));
        }

        assertThat(associations.contacts()).isEqualTo(1);
        associations.flowClosed(first.token());
        assertThat(associations.contacts()).isZero();
    }

    @Test
    void aContactIsGivenUpOnTheFlowThatItIsOn() {
        PublicIdentity alice = PublicIdentity.of("sip:alice@home1.example");
        NameAddress one = NameAddress.parse(OUTBOUND + 1);
        associations.bind(first, "alice_priv", registration(alice, one));
        associations.bind(second, "alice_priv", registration(alice, NameAddress.parse(OUTBOUND + 2)));

        associations.unbind(second, "alice_priv", alice.uri(), one);

        assertThat(associations.find(first)).isNull();
        assertThat(associations.find(second)).isNotNull();
    }

    @Test
    void whatTheCoreEndsWhileAnotherRegistrationIsBoundIsOver() throws Exception {
        PublicIdentity work = PublicIdentity.of("sip:work@home1.example");
        PublicIdentity home = PublicIdentity.of("sip:home@home1.example");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 10_000; round++) {
                associations.bind(first, "alice_priv", registration(work, PLAIN));
                Future<?> ends = other.submit(() -> associations.ended(new EndedRegistration(work, null)));
                associations.bind(first, "alice_priv", registration(home, PLAIN));
                ends.get();

                assertThat(identityOn(first, work)).as("round %s", round).isNull();
            }
        } finally {
            other.shutdownNow();
        }
    }

    /** The two come on one flow under two Call-IDs, so on two threads. */
    @Test
    void aFlowThatIsBoundWhileItsLastRegistrationEndsIsNotClosedAndItsPhoneIsStillFound() throws Exception {
        PublicIdentity work = PublicIdentity.of("sip:work@home1.example");
        PublicIdentity home = PublicIdentity.of("sip:home@home1.example");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 20_000; round++) {
                associations.bind(first, "alice_priv", registration(work, PLAIN));
                Future<?> ends = other.submit(() -> associations.unbind(first, "alice_priv", work.uri(), PLAIN));
                associations.bind(first, "alice_priv", registration(home, PLAIN));
                ends.get();
                clock.advanceSeconds(33);
                associations.sweep(noCalls -> false);

                assertThat(first.open()).as("round %s", round).isTrue();
                assertThat(associations.contacts()).as("round %s", round).isEqualTo(1);
                associations.unbind(first, "alice_priv", home.uri(), PLAIN);
            }
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    @Tag("P-4")
    void aFlowOnWhichNobodyIsRegisteredAnyMoreServesForTheNextRegistrationAndIsClosed() {
        bind(first, "alice_priv", PLAIN);
        bind(second, "bob_priv", PLAIN);
        associations.sweep(noCalls -> false);
        clock.advanceSeconds(60 + 30); // both have expired
        associations.sweep(noCalls -> false);

        clock.advanceSeconds(31);
        bind(second, "bob_priv", PLAIN);
        associations.sweep(noCalls -> false);
        assertThat(first.open()).isTrue();
        clock.advanceSeconds(1);
        associations.sweep(noCalls -> false);

        assertThat(first.open()).isFalse();
        assertThat(second.open()).isTrue();
    }

    private @Nullable PublicIdentity identityOn(FakeFlow flow, PublicIdentity identity) {
        Association association = associations.find(flow);
        return association == null ? null : association.find(identity);
    }

    private void bind(FakeFlow flow, String privateIdentity, NameAddress contact) {
        PublicIdentity identity = PublicIdentity.of("sip:" + privateIdentity + "@home1.example");
        associations.bind(flow, privateIdentity, registration(identity, contact));
    }

    private Registration registration(PublicIdentity identity, NameAddress contact) {
        return new Registration(
                identity.uri(),
                contact,
                Collections.singletonList(identity),
                Collections.emptyList(),
                clock.getAsLong() + 60_000);
    }
}
