package org.pinhole.connector.hook;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowToken;
import org.pinhole.api.Transport;

class DialogUsersTest {
    private static final AuthenticatedUser ALICE = new AuthenticatedUser("alice", "pinhole.test");
    private static final AuthenticatedUser BOB = new AuthenticatedUser("bob", "pinhole.test");

    private final AtomicLong nanos = new AtomicLong();
    private final DialogUsers dialogs = new DialogUsers(nanos::get);
    private final PhonesFlow alices = new PhonesFlow("sip:alice@pinhole.test");
    private final PhonesFlow bobs = new PhonesFlow("sip:bob@pinhole.test");

    @Test
    void whoBeganADialogIsKnownWithinItOnAnyOfHisFlowsAndNobodyElseIs() throws Exception {
        dialogs.note(alices, request("INVITE", "c", "a", ""), ALICE);
        PhonesFlow again = new PhonesFlow("sip:alice@pinhole.test");

        assertThat(dialogs.find(alices, request("INFO", "c", "a", "b"))).isSameAs(ALICE);
        assertThat(dialogs.find(again, request("BYE", "c", "a", "b"))).isSameAs(ALICE);
        assertThat(dialogs.find(bobs, request("INFO", "c", "a", "b"))).isNull();
        assertThat(dialogs.find(alices, request("INFO", "c", "b", "a"))).isNull();
        assertThat(dialogs.find(alices, request("INVITE", "c", "a", ""))).isNull();
        assertThat(dialogs.find(null, request("INFO", "c", "a", "b"))).isNull();
    }

    @Test
    void aUserHasAShareAndFlushesNobodyElses() throws Exception {
        dialogs.note(bobs, request("INVITE", "bobs", "b", ""), BOB);
        for (int i = 0; i < 300; i++) {
            dialogs.note(alices, request("SUBSCRIBE", "c" + i, "a", ""), ALICE);
        }

        assertThat(dialogs.size()).isEqualTo(256 + 1);
        assertThat(dialogs.find(bobs, request("BYE", "bobs", "b", "x"))).isSameAs(BOB);
        assertThat(dialogs.find(alices, request("INFO", "c43", "a", "x"))).isNull();
        assertThat(dialogs.find(alices, request("INFO", "c44", "a", "x"))).isSameAs(ALICE);
    }

    @Test
    void ofAUsersDialogsTheOneLongestUnheardMakesRoom() throws Exception {
        dialogs.note(alices, request("INVITE", "talks", "a", ""), ALICE);
        for (int i = 0; i < 300; i++) {
            dialogs.note(alices, request("INVITE", "c" + i, "a", ""), ALICE);
            dialogs.find(bobs, request("UPDATE", "talks", "b", "a")); // the other side says something
        }

        assertThat(dialogs.find(alices, request("BYE", "talks", "a", "b"))).isSameAs(ALICE);
    }

    @Test
    void namesOfAnyLengthAreToldApart() throws Exception {
        String much = new String(new char[16_000]).replace('\0', 'x');
        dialogs.note(alices, request("INVITE", much + "1", "a", ""), ALICE);

        assertThat(dialogs.find(alices, request("INFO", much + "1", "a", "b"))).isSameAs(ALICE);
        assertThat(dialogs.find(alices, request("INFO", much + "2", "a", "b"))).isNull();
    }

    /** It passes one application after the other, and each asks. */
    @Test
    void whichSideEverHangsUpTheDialogIsForgottenSoonAfter() throws Exception {
        dialogs.note(alices, request("INVITE", "one", "a", ""), ALICE);
        dialogs.note(alices, request("INVITE", "two", "a", ""), ALICE);
        SIPRequest bye = request("BYE", "one", "a", "b");

        assertThat(dialogs.find(alices, bye)).isSameAs(ALICE);
        assertThat(dialogs.find(bobs, request("BYE", "two", "b", "a"))).isNull();
        assertThat(dialogs.find(alices, bye)).isSameAs(ALICE);
        assertThat(dialogs.find(alices, request("BYE", "two", "a", "b")))
                .as("at the same time")
                .isSameAs(ALICE);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(32));
        dialogs.note(alices, request("INVITE", "three", "a", ""), ALICE);
        dialogs.find(alices, request("BYE", "three", "a", "b"));

        assertThat(dialogs.find(alices, bye)).isNull();
        assertThat(dialogs.size()).isEqualTo(1);
    }

    @Test
    void aQuietDialogIsRememberedForADayAndWhileItsFlowStands() throws Exception {
        dialogs.note(alices, request("INVITE", "alices", "a", ""), ALICE);
        dialogs.note(bobs, request("INVITE", "bobs", "b", ""), BOB);
        bobs.open = false;
        nanos.addAndGet(TimeUnit.HOURS.toNanos(23));
        dialogs.note(alices, request("INVITE", "next", "a", ""), ALICE);
        assertThat(dialogs.size()).isEqualTo(3);

        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        dialogs.note(alices, request("INVITE", "last", "a", ""), ALICE);

        assertThat(dialogs.find(alices, request("BYE", "alices", "a", "x"))).isSameAs(ALICE);
        assertThat(dialogs.find(bobs, request("BYE", "bobs", "b", "x"))).isNull();
    }

    /** The callee learns the caller's Call-ID and tag, and may have the same edge. */
    @Test
    void onTheFlowOfAnEdgeNobodyIsTakenForAnother() throws Exception {
        PhonesFlow edges = new PhonesFlow("sip:alice@pinhole.test");
        edges.edge = true;
        dialogs.note(edges, request("INVITE", "c", "a", ""), ALICE);

        assertThat(dialogs.find(edges, request("INFO", "c", "a", "b"))).isNull();
        assertThat(dialogs.size()).isZero();
    }

    @Test
    void whoRepeatsAnothersCallIdAndTagTakesNothingFromHim() throws Exception {
        dialogs.note(alices, request("INVITE", "c", "a", ""), ALICE);
        dialogs.note(bobs, request("INVITE", "c", "a", ""), BOB);

        assertThat(dialogs.find(alices, request("BYE", "c", "a", "b"))).isSameAs(ALICE);
        assertThat(dialogs.find(bobs, request("BYE", "c", "a", "b"))).isNull();
    }

    /** An edge's other phone may know all that a request says, but the branch, before its own is looked at. */
    @Test
    void aRequestThatIsPassedOnIsKnownAgainByAllThatNamesIt() throws Exception {
        PassedOnUsers passedOn = new PassedOnUsers();
        SIPRequest invite = request("INVITE", "c", "a", "");
        passedOn.note(alices, invite, ALICE);
        SIPRequest other = request("INVITE", "c", "a", "");
        other.getTopmostVia().setBranch("z9hG4bKother");

        assertThat(passedOn.find(alices, request("INVITE", "c", "a", ""))).isSameAs(ALICE);
        assertThat(passedOn.find(alices, other)).isNull();
        assertThat(passedOn.find(alices, request("INVITE", "c", "a", "b"))).isNull();
        assertThat(passedOn.find(alices, request("UPDATE", "c", "a", ""))).isNull();
        assertThat(passedOn.find(bobs, invite)).isNull();
    }

    private static SIPRequest request(String method, String callId, String fromTag, String toTag)
            throws ParseException {
        String text = method + " sip:bob@pinhole.test SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK1\r\n"
                + "From: <sip:alice@pinhole.test>;tag=" + fromTag + "\r\nTo: <sip:bob@pinhole.test>"
                + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\r\nCall-ID: " + callId + "\r\nCSeq: 1 " + method
                + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
        return (SIPRequest) new StringMsgParser()
                .parseSIPMessage(text.getBytes(StandardCharsets.UTF_8), true, false, (fault, m, c, h, t) -> {
                    throw fault;
                });
    }

    /** A flow without a connection. */
    private static final class PhonesFlow implements Flow {
        private final String user;
        private boolean open = true;
        private boolean edge;

        PhonesFlow(String user) {
            this.user = user;
        }

        @Override
        public String id() {
            return user;
        }

        @Override
        public FlowToken token() {
            return FlowToken.of("token-" + user.substring(4, user.indexOf('@')));
        }

        @Override
        public Transport transport() {
            return Transport.TLS;
        }

        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress("192.0.2.1", 443);
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return new InetSocketAddress("198.51.100.7", 40112);
        }

        @Override
        public @Nullable String serverName() {
            return null;
        }

        @Override
        public boolean open() {
            return open;
        }

        @Override
        public String uri() {
            return "sip:" + token().text() + "@192.0.2.1:443;transport=tls;lr";
        }

        @Override
        public Map<String, String> settings() {
            return Collections.emptyMap();
        }

        @Override
        public String identity() {
            return user;
        }

        @Override
        public boolean isOfAnEdge() {
            return edge;
        }

        @Override
        public void authenticated(String identity) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close(String reason) {
            open = false;
        }
    }
}
