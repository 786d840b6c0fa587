package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.pinhole.connector.transport.SipText.inDialog;
import static org.pinhole.connector.transport.SipText.request;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a stack that has an INVITE of alice's. */
class BranchesTest {
    @TempDir
    File folder;

    private final List<Socket> phones = new ArrayList<>();
    private TestConnector connector;
    private SipFlow alices;
    private SipFlow others;
    private Branches branches;

    @BeforeEach
    void open() throws Exception {
        connector = new TestConnector.Plan(folder)
                .scheme("tcp")
                .admission(Admission.AUTHENTICATED)
                .open();
        alices = newFlow();
        others = newFlow();
        alices.authenticated("alice");
        SIPServerTransaction invite = connector.stack().createServerTransaction(alices.messageChannel());
        invite.setOriginalRequest((SIPRequest) request("INVITE", "sip:bob@pinhole.test"));
        connector.stack().addTransaction(invite);
        branches = new Branches(connector.stack());
    }

    @AfterEach
    void close() throws IOException {
        for (Socket phone : phones) {
            phone.close();
        }
        connector.close();
    }

    /** Or it would wait, on a thread of its own, until the other has been processed. */
    @Test
    void whatHasTheBranchOfAnotherCallIsRefused() throws Exception {
        SIPRequest same = (SIPRequest) request("INVITE", "sip:bob@pinhole.test");
        SIPRequest anothers = (SIPRequest) request("REGISTER", "sip:pinhole.test");
        anothers.setCallId("another");
        SIPRequest ack = (SIPRequest) inDialog("ACK", "sip:bob@pinhole.test");
        ack.setCallId("another");

        assertThat(branches.refusalOf(others, same, false)).isNull();
        assertThat(status(others, anothers)).isEqualTo(400);
        assertThat(branches.refusalOf(others, ack, false)).isSameAs(Refusal.DROP);
    }

    /** Whoever is called knows its branch. */
    @Test
    void anInviteIsCancelledByThePhoneThatSentItAndByNobodyElse() throws Exception {
        SIPRequest cancel = (SIPRequest) request("CANCEL", "sip:bob@pinhole.test");

        assertThat(branches.refusalOf(alices, cancel, false)).isNull();
        assertThat(status(others, cancel)).as("of nobody").isEqualTo(481);
        others.authenticated("bob");
        assertThat(status(others, cancel)).as("of bob").isEqualTo(481);

        SipFlow alicesNext = newFlow();
        alicesNext.authenticated("alice");
        assertThat(branches.refusalOf(alicesNext, cancel, false))
                .as("she has come back on another connection")
                .isNull();
    }

    @Test
    void aCancelOfNothingIsToldSoBeforeTheStackLooksThroughAllItHas() throws Exception {
        SIPRequest cancel = (SIPRequest) request("CANCEL", "sip:bob@pinhole.test");

        cancel.getTopmostVia().setBranch("z9hG4bKnothing");
        assertThat(status(alices, cancel)).isEqualTo(481);
        cancel.getTopmostVia().setBranch("z9hg4bk1");
        assertThat(branches.refusalOf(alices, cancel, false))
                .as("in whatever case")
                .isNull();
        cancel.setCallId("another");
        assertThat(status(alices, cancel)).isEqualTo(481);
        SIPRequest ofAnotherHost = (SIPRequest) request("CANCEL", "sip:bob@pinhole.test");
        ofAnotherHost.getTopmostVia().setHost("192.0.2.77");
        assertThat(status(alices, ofAnotherHost)).isEqualTo(481);
    }

    /** A branch that is none is compared with those of all transactions. */
    @Test
    void aStrangersBranchIsOneOfRfc3261() throws Exception {
        SIPRequest old = (SIPRequest) request("REGISTER", "sip:pinhole.test");
        old.getTopmostVia().setBranch("abc");
        SIPRequest ack = (SIPRequest) inDialog("ACK", "sip:bob@pinhole.test");
        ack.getTopmostVia().removeParameter("branch");

        assertThat(branches.refusalOf(others, old, false)).as("who is known").isNull();
        assertThat(branches.refusalOf(others, old, true)).extracting("status").isEqualTo(400);
        assertThat(branches.refusalOf(others, ack, true)).isSameAs(Refusal.DROP);
        assertThat(branches.endsATransaction(ack)).isFalse();
    }

    @Test
    void aStrangerIsToldWhatIsWrongWithHisBranch() throws Exception {
        try (Socket phone = connector.connect()) {
            String old = request("OPTIONS", "sip:pinhole.test").encode().replace("z9hG4bK1", "1");
            phone.getOutputStream().write(old.getBytes(US_ASCII));
            byte[] answer = new byte[64];

            assertThat(phone.getInputStream().read(answer)).isPositive();

            assertThat(new String(answer, US_ASCII)).startsWith("SIP/2.0 400 No RFC 3261 Branch\r\n");
        }
    }

    @Test
    void aResponseIsKnownByItsTransactionHoweverLongAgoItsRequestWasSent() throws Exception {
        SIPRequest invite = (SIPRequest) request("INVITE", "sip:alice@pinhole.test");
        SIPClientTransaction asked = connector.stack().createClientTransaction(invite, alices.messageChannel());
        asked.setOriginalRequest(invite);
        connector.stack().addTransaction(asked);
        SIPRequest neverSent = (SIPRequest) request("INVITE", "sip:alice@pinhole.test");
        neverSent.getTopmostVia().setBranch("z9hG4bKnever");

        assertThat(branches.answersATransaction(invite.createResponse(200))).isTrue();
        assertThat(branches.answersATransaction(neverSent.createResponse(200))).isFalse();
        neverSent.getTopmostVia().setBranch("never");
        assertThat(branches.answersATransaction(neverSent.createResponse(200))).isFalse();
    }

    private int status(SipFlow flow, SIPRequest request) {
        Refusal refusal = branches.refusalOf(flow, request, false);
        return refusal == null ? 0 : refusal.status();
    }

    private SipFlow newFlow() throws IOException {
        Socket phone = connector.connect();
        phones.add(phone);
        int port = phone.getLocalPort();
        await().until(() -> connector.flows().flows().stream()
                .anyMatch(flow -> flow.remoteAddress().getPort() == port));
        return (SipFlow) connector.flows().flows().stream()
                .filter(flow -> flow.remoteAddress().getPort() == port)
                .findAny()
                .orElseThrow(AssertionError::new);
    }
}
