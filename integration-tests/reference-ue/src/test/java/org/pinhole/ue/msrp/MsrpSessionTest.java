package org.pinhole.ue.msrp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MsrpSessionTest {
    private static final String ALICE = "msrp://192.0.2.1:2855/alices;tcp";
    private static final String BOB = "msrp://192.0.2.2:2855/bobs;tcp";

    /** What one side was told. */
    private static final class Told implements MsrpSession.Listener {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void message(String contentType, byte[] body) {
            lines.add("message " + contentType + " " + new String(body, UTF_8));
        }

        @Override
        public void accepted(String messageId) {
            lines.add("accepted " + messageId);
        }

        @Override
        public void reported(String messageId, int status) {
            lines.add("reported " + messageId + " " + status);
        }

        @Override
        public void refused(String messageId, int status) {
            lines.add("refused " + messageId + " " + status);
        }
    }

    private final Told toldAlice = new Told();
    private final Told toldBob = new Told();
    private final MsrpSession alice = new MsrpSession(ALICE, BOB, new Random(1), toldAlice);
    private final MsrpSession bob = new MsrpSession(BOB, ALICE, new Random(2), toldBob);
    private final List<String> wire = new ArrayList<>();

    /** Carries what there is both ways, in pieces of so many octets, until nothing is left. */
    private void carry(int piece) {
        for (List<byte[]> there = alice.poll(); !there.isEmpty(); there = alice.poll()) {
            there.forEach(octets -> hand(octets, bob, piece));
            bob.poll().forEach(octets -> hand(octets, alice, piece));
        }
    }

    private void hand(byte[] octets, MsrpSession to, int piece) {
        wire.add(new String(octets, UTF_8));
        for (int from = 0; from < octets.length; from += piece) {
            to.receive(Arrays.copyOfRange(octets, from, Math.min(octets.length, from + piece)));
        }
    }

    @Test
    void aMessageIsSentAnsweredAndReported() {
        String id = alice.send("text/plain", "Hello, Bob".getBytes(UTF_8));

        carry(7);

        assertThat(toldBob.lines).containsExactly("message text/plain Hello, Bob");
        assertThat(toldAlice.lines).containsExactly("accepted " + id, "reported " + id + " 200");
        assertThat(wire.get(0))
                .startsWith("MSRP ")
                .contains(" SEND\r\nTo-Path: " + BOB + "\r\nFrom-Path: " + ALICE + "\r\n")
                .contains(
                        "Success-Report: yes\r\nByte-Range: 1-10/10\r\nContent-Type: text/plain\r\n\r\nHello, Bob\r\n");
        assertThat(wire.get(1)).contains(" 200 OK\r\nTo-Path: " + ALICE + "\r\nFrom-Path: " + BOB + "\r\n-------");
        assertThat(wire.get(2)).contains(" REPORT\r\n").contains("Status: 000 200 OK\r\n");
        assertThat(wire).hasSize(3);
    }

    @Test
    void aLongMessageGoesInChunksAndComesWhole() {
        String text = "0123456789".repeat(500);
        String id = alice.send("text/plain", text.getBytes(UTF_8));

        carry(1000);

        assertThat(toldBob.lines).containsExactly("message text/plain " + text);
        assertThat(toldAlice.lines).containsExactly("accepted " + id, "reported " + id + " 200");
        assertThat(wire.stream().filter(one -> one.contains(" SEND\r\n"))).hasSize(3);
        assertThat(wire.get(0)).contains("Byte-Range: 1-2048/5000").endsWith("+\r\n");
    }

    @Test
    void anEmptyMessageIsAMessage() {
        alice.send("text/plain", new byte[0]);

        carry(4096);

        assertThat(toldBob.lines).containsExactly("message text/plain ");
    }

    @Test
    void theGreetingIsAnsweredAndIsNoMessage() {
        alice.greet();

        carry(4096);

        assertThat(toldBob.lines).isEmpty();
        assertThat(wire).hasSize(2);
        assertThat(wire.get(1)).contains(" 200 OK");
    }

    @Test
    void aBodyThatLooksLikeAnEndIsNoEnd() {
        String text = "-------abcd$\r\n\r\n-------MSRP efgh SEND\r\n";
        alice.send("text/plain", text.getBytes(UTF_8));

        carry(3);

        assertThat(toldBob.lines).containsExactly("message text/plain " + text);
    }

    @Test
    void whatIsForAnotherSessionIsRefused() {
        MsrpSession stranger = new MsrpSession(ALICE, "msrp://192.0.2.2:2855/guessed;tcp", new Random(3), toldAlice);
        String id = stranger.send("text/plain", "psst".getBytes(UTF_8));
        stranger.poll().forEach(bob::receive);

        bob.poll().forEach(stranger::receive);

        assertThat(toldBob.lines).isEmpty();
        assertThat(toldAlice.lines).containsExactly("refused " + id + " 481");
    }

    @Test
    void aChunkThatDoesNotGoOnWhereTheLastOneEndedIsRefused() {
        send("1-3/9", "abc", MsrpMessage.MORE);
        send("7-9/9", "ghi", MsrpMessage.WHOLE);

        assertThat(bob.poll().stream().map(octets -> new String(octets, UTF_8)))
                .satisfiesExactly(
                        first -> assertThat(first).contains(" 200 OK"),
                        second -> assertThat(second).contains(" 413 "));
        assertThat(toldBob.lines).isEmpty();
    }

    @Test
    void aMessageThatIsGivenUpIsForgotten() {
        send("1-3/9", "abc", MsrpMessage.MORE);
        send("4-6/9", "def", MsrpMessage.GIVEN_UP);

        assertThat(toldBob.lines).isEmpty();
    }

    @Test
    void aMethodThatIsNotKnownIsAnswered501AndABadRange400() {
        bob.receive(MsrpMessage.request("abcd", "NICKNAME", Map.of("To-Path", BOB, "From-Path", ALICE))
                .write());
        send("0-3/3", "abc", MsrpMessage.WHOLE);

        assertThat(bob.poll().stream().map(octets -> new String(octets, UTF_8)))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("MSRP abcd 501 "),
                        second -> assertThat(second).contains(" 400 "));
    }

    private void send(String range, String text, char flag) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("To-Path", BOB);
        headers.put("From-Path", ALICE);
        headers.put("Message-ID", "one");
        headers.put("Byte-Range", range);
        bob.receive(new MsrpMessage("abcd", 0, "SEND", headers, text.getBytes(UTF_8), flag).write());
    }

    @Test
    void whatIsNotMsrpEndsIt() {
        assertThatThrownBy(() -> bob.receive("GET / HTTP/1.1\r\n".getBytes(UTF_8)))
                .isInstanceOf(MsrpFormatException.class)
                .hasMessageContaining("begins no MSRP message");
        assertThatThrownBy(() -> new MsrpDecoder().feed(new byte[MsrpDecoder.MAX_BYTES + 1]))
                .hasMessageContaining("more than");
    }

    @Test
    void aPathOfOursIsNotToBeGuessedAndNamesTheAddress() {
        String one = MsrpSession.path("2001:db8::1", 9, new Random(1));

        assertThat(one).matches("msrp://\\[2001:db8::1]:9/[a-z0-9]{20};tcp");
        assertThat(MsrpSession.path("192.0.2.1", 9, new Random(2))).startsWith("msrp://192.0.2.1:9/");
    }
}
