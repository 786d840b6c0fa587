package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UnsupportedEncodingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.LogLines;

/** The lines themselves, as the tests' SLF4J writes them to standard error. */
@SuppressWarnings("NullAway.Init") // before each
class ComplaintsTest {
    private LogLines log;
    private long nanos;
    private final Complaints complaints = new Complaints(ConnectorAddress.parse("tls://127.0.0.1:15443"), () -> nanos);

    @BeforeEach
    void listen() throws UnsupportedEncodingException {
        log = LogLines.follow();
    }

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    @Test
    void aSourceHasOneLineAMinuteHoweverManyAddressesOfIts64ItSpeaksFrom() {
        complaints.about(address("2001:db8:1:2::1"), "garbage");
        complaints.about(address("2001:db8:1:2:ffff::2"), "garbage");
        complaints.about(address("2001:db8:1:2:3:4:5:6"), "garbage");
        complaints.about(address("2001:db8:1:3::1"), "garbage");
        nanos += TimeUnit.MINUTES.toNanos(1);
        complaints.about(address("2001:db8:1:2::7"), "garbage");

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0)).contains("2001:db8:1:2:0:0:0:1");
        assertThat(lines().get(2)).contains("2001:db8:1:2:0:0:0:7").contains("(2 more before that are not shown)");
    }

    @Test
    void whatAnOperatorCanActOnIsNotKeptBackByWhatCameBefore() {
        complaints.about(address("192.0.2.1"), "garbage");
        complaints.warn(address("192.0.2.1"), "a limit is reached");
        complaints.warn(address("192.0.2.1"), "a limit is reached");
        for (int stranger = 0; stranger < 256; stranger++) {
            complaints.about(address("198.51.100." + stranger), "garbage");
        }
        complaints.warn(address("192.0.2.2"), "a limit is reached");

        assertThat(log.with("a limit is reached"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("WARN"));
    }

    @Test
    void anAccountHasALineAMinuteOfItsOwn() {
        complaints.warn("sip:alice@pinhole.test", "a limit is reached");
        complaints.warn("sip:alice@pinhole.test", "a limit is reached");
        complaints.warn("sip:bob@pinhole.test", "a limit is reached");
        nanos += TimeUnit.MINUTES.toNanos(1);
        complaints.warn("sip:alice@pinhole.test", "a limit is reached");

        assertThat(log.with("a limit is reached"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("WARN"));
        assertThat(log.with("sip:alice@pinhole.test: a limit is reached (1 more before that are not shown)"))
                .hasSize(1);
    }

    @Test
    void whateverAStrangerHasSentALineHasTwoHundredCharactersOfItAtMost() {
        char[] sent = new char[100_000];
        Arrays.fill(sent, 'x');

        complaints.about(address("192.0.2.1"), new String(sent));
        complaints.warn(address("192.0.2.2"), new String(sent));

        assertThat(lines()).hasSize(2).allSatisfy(line -> {
            assertThat(line.chars().filter(c -> c == 'x').count()).isEqualTo(200);
            assertThat(line).contains("x...").hasSizeLessThan(500);
        });
    }

    private List<String> lines() {
        return log.with("15443");
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException noLiteral) {
            throw new IllegalArgumentException(noLiteral);
        }
    }
}
