package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** What the first bytes on a TLS port are. Pure; consumes nothing. */
enum FirstBytes {
    /** More are needed. */
    UNDECIDED,
    /** A TLS handshake record (RFC 8446 §5.1), of whatever version it calls itself. */
    TLS,
    /** An HTTP request in clear. */
    HTTP,
    /** SIP in clear, or anything else. */
    OTHER;

    private static final int HANDSHAKE_RECORD = 0x16;
    private static final int MAJOR_VERSION = 3;
    /** OPTIONS is SIP's as well, and then an alert says more than an HTTP answer does. */
    private static final String[] HTTP_METHODS = {
        "GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "TRACE ", "PATCH ", "PRI * HTTP/2"
    };

    static FirstBytes sniff(ByteBuf in) {
        if (!in.isReadable()) {
            return UNDECIDED;
        }
        if (in.getUnsignedByte(in.readerIndex()) == HANDSHAKE_RECORD) {
            if (in.readableBytes() < 2) {
                return UNDECIDED;
            }
            return in.getByte(in.readerIndex() + 1) == MAJOR_VERSION ? TLS : OTHER;
        }
        FirstBytes verdict = OTHER;
        for (String method : HTTP_METHODS) {
            int length = Math.min(method.length(), in.readableBytes());
            if (in.toString(in.readerIndex(), length, StandardCharsets.ISO_8859_1)
                    .equals(method.substring(0, length))) {
                verdict = length == method.length() ? HTTP : UNDECIDED;
            }
        }
        return verdict;
    }
}
