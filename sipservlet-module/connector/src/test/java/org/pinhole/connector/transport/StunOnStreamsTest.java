package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.File;
import java.net.Socket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 5626 §3.5.2: STUN keeps UDP flows alive and no others; on a stream a phone pings by line ends. */
class StunOnStreamsTest {
    private static final byte[] BINDING_REQUEST = {
        0, 1, 0, 0, 0x21, 0x12, (byte) 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    };

    @TempDir
    File folder;

    @Test
    @Tag("K-15")
    @Tag("O-3")
    void aPingIsAnsweredAndABindingRequestIsTheEnd() throws Exception {
        try (TestConnector connector = new TestConnector(folder, TestConnector.ROOMY);
                Socket phone = connector.connectTls()) {
            phone.getOutputStream().write(new byte[] {'\r', '\n', '\r', '\n'});
            new DataInputStream(phone.getInputStream()).readFully(new byte[2]);

            phone.getOutputStream().write(BINDING_REQUEST);

            assertThat(phone.getInputStream().read()).isNegative();
        }
    }
}
