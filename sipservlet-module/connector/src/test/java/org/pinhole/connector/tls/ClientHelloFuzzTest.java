package org.pinhole.connector.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;

/** Whatever a stranger says first, a certificate is chosen for it. */
class ClientHelloFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void readingIsTotal(byte[] input) {
        ClientHello hello = ClientHello.read(Unpooled.wrappedBuffer(input));

        String host = hello.host();
        if (host != null && host.chars().anyMatch(c -> c < 0x21 || c > 0x7E)) {
            throw new AssertionError("a server name that could break a line");
        }
        KeyKind.RSA.suits(hello);
    }
}
