package org.pinhole.connector.transport;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.pinhole.connector.transport.ConnectorCounters.HandshakeFailure;

/** Why a handshake failed, from what the engine, BoringSSL's or the JDK's, says of it. */
final class HandshakeFault {
    private static final Pattern CERTIFICATE =
            Pattern.compile("certificate|unknown_ca|bad_cert|pkix|certpath|decrypt_error|peer_did_not_return");
    private static final Pattern NO_COMMON_GROUND = Pattern.compile(
            "no_shared|unsupported_protocol|protocol_version|wrong_version|no cipher suites|handshake_failure"
                    + "|insufficient_security|no_common|not supported or not enabled|unsupported protocol");
    private static final Pattern NOT_TLS = Pattern.compile("http_request|wrong_ssl|not an ssl|plaintext");

    private HandshakeFault() {}

    static HandshakeFailure of(Throwable cause) {
        if (cause instanceof ClosedChannelException) {
            return HandshakeFailure.CLOSED;
        }
        if (cause instanceof NotSslRecordException || cause instanceof TooLongFrameException) {
            return HandshakeFailure.NOT_TLS;
        }
        StringBuilder words = new StringBuilder();
        for (Throwable one = cause; one != null; one = one.getCause()) {
            words.append(one.getMessage()).append(' ');
        }
        String text = words.toString().toLowerCase(Locale.ROOT);
        if (CERTIFICATE.matcher(text).find()) {
            return HandshakeFailure.CERTIFICATE;
        }
        if (NO_COMMON_GROUND.matcher(text).find()) {
            return HandshakeFailure.NO_COMMON_GROUND;
        }
        return NOT_TLS.matcher(text).find() ? HandshakeFailure.NOT_TLS : HandshakeFailure.OTHER;
    }
}
