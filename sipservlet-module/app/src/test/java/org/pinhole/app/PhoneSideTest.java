package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.chain.Onward;

/** Bob's flow has the dialog's token; carol is a phone of ours too. */
@Tag("O-6")
@Tag("O-7")
class PhoneSideTest {
    private static final boolean SAYS_TO_PHONE = true;
    private static final boolean SAYS_FROM_PHONE = false;

    private final FakeFlows flows = new FakeFlows();
    private final FakeFlow bobs = openedBy("bob", "bobs", Collections.emptyMap());
    private final FakeFlow carols = openedBy("carol", "carols", Collections.emptyMap());
    private final String token = bobs.token().text();
    private final PhoneSide bob = remembered(request -> PhoneSide.remember(request, Onward.to(bobs)));

    @Test
    void whatComesOnTheTokensFlowIsOutgoing() {
        assertThat(bob.passage(token, bobs, SAYS_FROM_PHONE)).isEqualTo(Passage.FROM_PHONE);
    }

    @Test
    void whatComesFromElsewhereIsIncomingWhoeverSendsIt() {
        assertThat(bob.passage(token, null, SAYS_TO_PHONE)).isEqualTo(Passage.TO_PHONE);
        assertThat(bob.passage(token, carols, SAYS_TO_PHONE)).isEqualTo(Passage.TO_PHONE);
    }

    @Test
    void aPhoneThatHasCalledItselfIsBothSides() {
        assertThat(bob.passage(token, bobs, SAYS_TO_PHONE)).isEqualTo(Passage.TO_PHONE);
    }

    @Test
    void aTokenThatWasAlteredLeftOutOrTakenFromAnotherDialogIsRefused() {
        assertThat(bob.passage("forged-bobs", null, SAYS_TO_PHONE)).isEqualTo(Passage.FORGED);
        assertThat(bob.passage("forged-bobs", bobs, SAYS_FROM_PHONE)).isEqualTo(Passage.FORGED);
        assertThat(bob.passage(null, null, SAYS_TO_PHONE)).isEqualTo(Passage.FORGED);
        assertThat(bob.passage(carols.token().text(), null, SAYS_TO_PHONE)).isEqualTo(Passage.FORGED);
    }

    /** Where it is answered 430: nobody else has the token. */
    @Test
    void whatIsIncomingGoesToItsFlowEvenIfThatIsGone() {
        flows.loseQuietly(bobs);

        assertThat(bob.passage(token, null, SAYS_TO_PHONE)).isEqualTo(Passage.TO_PHONE);
    }

    @Test
    void nobodyElseSpeaksForThePhone() {
        assertThat(bob.passage(token, carols, SAYS_FROM_PHONE)).isEqualTo(Passage.IMPOSTOR);
        assertThat(bob.passage(token, null, SAYS_FROM_PHONE)).isEqualTo(Passage.IMPOSTOR);
        assertThat(bob.passage(token, flows.open("nobodys"), SAYS_FROM_PHONE)).isEqualTo(Passage.IMPOSTOR);
    }

    @Test
    void afterItsFlowHasFailedAPhoneGoesOnOnAnotherOfItsUsers() {
        flows.loseQuietly(bobs);
        FakeFlow second = openedBy("bob", "bobs-second", Collections.emptyMap());

        assertThat(bob.passage(token, second, SAYS_FROM_PHONE)).isEqualTo(Passage.FROM_PHONE);
    }

    @Test
    void anEdgeThatWeTrustSpeaksForItsPhonesUnlessNobodyIsListed() {
        Map<String, String> trusting = new HashMap<>();
        trusting.put("pinhole.edge-sources", "198.51.100.7");
        FakeFlow edges = openedBy("dave", "edges", trusting);
        trusting.put("pinhole.role", "p-cscf"); // which has none
        FakeFlow phones = openedBy("erin", "phones", trusting);

        assertThat(bob.passage(token, edges, SAYS_FROM_PHONE)).isEqualTo(Passage.FROM_PHONE);
        assertThat(bob.passage(token, phones, SAYS_FROM_PHONE)).isEqualTo(Passage.IMPOSTOR);
    }

    @Test
    void whereBothSidesArePhonesOfOursTheOtherIsHeldToItsUserToo() {
        PhoneSide caller = remembered(
                request -> PhoneSide.remember(request, bobs, Collections.singleton("sip:carol@pinhole.test")));
        FakeFlow daves = openedBy("dave", "daves", Collections.emptyMap());

        assertThat(caller.passage(token, carols, SAYS_TO_PHONE)).isEqualTo(Passage.TO_PHONE);
        assertThat(caller.passage(token, daves, SAYS_TO_PHONE)).isEqualTo(Passage.IMPOSTOR);
        assertThat(caller.passage(token, null, SAYS_TO_PHONE)).isEqualTo(Passage.IMPOSTOR);
    }

    @Test
    void onlyAServerThatIsTrustedSaysWhoIsCalling() {
        Map<String, String> trusting = Collections.singletonMap("pinhole.trusted-sources", "192.0.2.9");
        FakeFlow erins = openedBy("erin", "erins", trusting);
        PhoneSide erin = remembered(request -> PhoneSide.remember(request, Onward.to(erins)));

        assertThat(erin.mayAssert(null, "192.0.2.9")).isTrue();
        assertThat(erin.mayAssert(null, "192.0.2.10")).isFalse();
        assertThat(erin.mayAssert(carols, null)).isTrue();
    }

    private FakeFlow openedBy(String user, String name, Map<String, String> settings) {
        FakeFlow flow = flows.add(new FakeFlow(name, settings));
        flow.authenticated("sip:" + user + "@pinhole.test");
        return flow;
    }

    /** What the session of a call has in mind. */
    private static PhoneSide remembered(Consumer<SipServletRequest> initial) {
        Map<Object, Object> attributes = new HashMap<>();
        SipApplicationSession session = fake(
                SipApplicationSession.class,
                (self, called, given) -> called.getName().equals("setAttribute")
                        ? attributes.put(given[0], given[1])
                        : attributes.get(given[0]));
        Address from = fake(Address.class, (self, called, given) -> "callers-tag");
        initial.accept(fake(SipServletRequest.class, (self, called, given) -> {
            switch (called.getName()) {
                case "getFrom":
                    return from;
                case "getMethod":
                    return "INVITE";
                case "getAddressHeaders":
                    return Collections.emptyList().listIterator();
                default:
                    return session;
            }
        }));
        @Nullable PhoneSide side = PhoneSide.of(session);
        assertThat(side).isNotNull();
        return side;
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
