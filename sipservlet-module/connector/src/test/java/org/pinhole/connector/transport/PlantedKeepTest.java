package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connector's own answers, which neither the stack nor an application has seen: what a phone planted does not come back. */
class PlantedKeepTest {
    private static final String VIAS = "Via: SIP/2.0/TLS 10.1.2.3:5999;branch=z9hG4bK1;keep=7;rport\r\n"
            + "v: SIP/2.0/TCP 10.2.2.2;branch=z9hG4bK0;keep=\"8\", SIP/2.0/UDP 10.3.3.3;branch=z9hG4bK9;keep = 9\r\n";
    private static final String REST = "From: <sip:alice@pinhole.test>;tag=a\r\nTo: <sip:bob@pinhole.test>\r\n"
            + "Call-ID: c1\r\nMax-Forwards: 70\r\n";

    @TempDir
    File folder;

    @Test
    @Tag("K-7")
    @Tag("K-12")
    @Tag("trap-4")
    void whatIsRefusedAtTheDoorCarriesNoValue() throws Exception {
        assertThat(answer("INVITE sip:bob@pinhole.test SIP/2.0\r\n" + VIAS + REST
                        + "CSeq: 1 MESSAGE\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("SIP/2.0 400 CSeq Does Not Match")
                .contains(";keep")
                .doesNotContainPattern("keep\\s*=");
    }

    @Test
    @Tag("K-7")
    @Tag("K-12")
    @Tag("trap-4")
    void aStrangerWhoIsSentAwayIsToldNoValue() throws Exception {
        String bye = "BYE sip:bob@pinhole.test SIP/2.0\r\n" + VIAS + REST + "CSeq: 1 BYE\r\nContent-Length: 0\r\n\r\n";

        assertThat(answer(Admission.AUTHENTICATED, bye))
                .startsWith("SIP/2.0 403 ")
                .contains(";keep")
                .doesNotContainPattern("keep\\s*=");
        assertThat(answer(Admission.CLOSED, bye))
                .startsWith("SIP/2.0 503 ")
                .contains(";keep")
                .doesNotContainPattern("keep\\s*=");
    }

    @Test
    @Tag("K-7")
    @Tag("K-12")
    @Tag("trap-4")
    void whatDoesNotParseIsAnsweredWithoutAValue() throws Exception {
        assertThat(answer("INVITE sip:bob@pinhole.test SIP/2.0\r\n" + VIAS + REST
                        + "CSeq: never INVITE\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("SIP/2.0 400 ")
                .contains(";keep")
                .doesNotContainPattern("keep\\s*=");
    }

    /** Folded a thousand times, under another name of a method, with a body: it is answered all the same, and briefly. */
    @Test
    @Tag("K-7")
    void whatDoesNotParseIsAnsweredFromItsHeadersAlone() throws Exception {
        String folded = VIAS.replace(";rport", ";x=" + SipStreams.many("\r\n a", 3000) + ";rport");
        String body = SipStreams.many("x", 30_000);

        assertThat(answer("To sip:bob@pinhole.test SIP/2.0\r\n" + folded + REST
                        + "CSeq: never To\r\nContent-Length: 30000\r\n\r\n" + body))
                .startsWith("SIP/2.0 400 Malformed Message\r\n")
                .endsWith("\r\nContent-Length: 0\r\n\r\n")
                .doesNotContain("xxx")
                .doesNotContainPattern("keep\\s*=");
    }

    @Test
    @Tag("K-7")
    @Tag("K-12")
    @Tag("trap-4")
    void whatIsTooLargeIsAnsweredWithoutAValue() throws Exception {
        assertThat(answer("INVITE sip:bob@pinhole.test SIP/2.0\r\n" + VIAS + REST
                        + "CSeq: 1 INVITE\r\nContent-Length: 9999999\r\n\r\n"))
                .startsWith("SIP/2.0 413 ")
                .contains(";keep")
                .doesNotContainPattern("keep\\s*=");
    }

    private String answer(String request) throws Exception {
        return answer(Admission.OPEN, request);
    }

    private String answer(Admission admission, String request) throws Exception {
        try (TestConnector connector =
                        new TestConnector.Plan(folder).admission(admission).open();
                Socket phone = connector.connectTls()) {
            phone.getOutputStream().write(request.getBytes(US_ASCII));
            return head(phone);
        }
    }

    private static String head(Socket phone) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString("US-ASCII").endsWith("\r\n\r\n")) {
            read.write(phone.getInputStream().read());
        }
        return read.toString("US-ASCII");
    }
}
