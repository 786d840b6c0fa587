package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines themselves, as the tests' SLF4J writes them to standard error. */
class ComplaintsTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;
    private long nanos;
    private final Complaints complaints = new Complaints(ConnectorAddress.parse("tls://127.0.0.1:15443"), () -> nanos);

    @BeforeEach
    void listen() throws UnsupportedEncodingException {
        System.setErr(new PrintStream(written, true, UTF_8.name()));
    }

    @AfterEach
    void listenNoMore() {
        System.setErr(standardError);
    }

    @Test
    void aSourceHasOneLineAMinuteHoweverManyAddressesOfIts64ItSpeaksFrom() {
        complaints.about(address("2001:db8:1:2::1"), "garbage");
        complaints.about(address("2001:db8:1:2:ffff::2"), "garbage");
        complaints.warn(address("2001:db8:1:2:3:4:5:6"), "garbage");
        complaints.about(address("2001:db8:1:3::1"), "garbage");
        nanos += TimeUnit.MINUTES.toNanos(1);
        complaints.about(address("2001:db8:1:2::7"), "garbage");

        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0)).contains("2001:db8:1:2:0:0:0:1");
        assertThat(lines().get(2)).contains("2001:db8:1:2:0:0:0:7").contains("(2 more before that are not shown)");
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
        return Arrays.stream(new String(written.toByteArray(), UTF_8).split("\n", -1))
                .filter(line -> line.contains("15443"))
                .collect(Collectors.toList());
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException noLiteral) {
            throw new IllegalArgumentException(noLiteral);
        }
    }
}
