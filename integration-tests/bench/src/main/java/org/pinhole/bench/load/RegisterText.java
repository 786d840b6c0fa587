package org.pinhole.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The REGISTERs of one phone, which leave no binding behind for long: nothing but branch and CSeq changes from one to the next, as on a real registration. */
final class RegisterText {
    private static final byte[] METHOD = " REGISTER\r\n".getBytes(US_ASCII);
    private static final byte[] END = "Content-Length: 0\r\n\r\n".getBytes(US_ASCII);

    private final byte[][] beforeBranch;
    private final byte[][] beforeSequence;

    /**
     * For a phone of this number.
     *
     * @param slots how many Call-IDs it registers under, each for a user of its own
     */
    RegisterText(int number, int slots) {
        beforeBranch = new byte[slots][];
        beforeSequence = new byte[slots][];
        for (int slot = 0; slot < slots; slot++) {
            String user = "u" + number + "x" + slot;
            beforeBranch[slot] = ("REGISTER sip:bench.test SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.1:5061;rport;keep"
                            + ";branch=z9hG4bK" + user + "-")
                    .getBytes(US_ASCII);
            beforeSequence[slot] = ("\r\nMax-Forwards: 70\r\nFrom: <sip:" + user + "@bench.test>;tag=" + user
                            + "\r\nTo: <sip:" + user + "@bench.test>\r\nContact: <sip:" + user
                            + "@192.0.2.1:5061;transport=tls>\r\nExpires: 60\r\nCall-ID: " + user
                            + "@bench\r\nCSeq: ")
                    .getBytes(US_ASCII);
        }
    }

    /** The next one under a Call-ID; the caller owns it. */
    ByteBuf next(ByteBufAllocator buffers, int slot, int sequence, String headers) {
        byte[] number = Integer.toString(sequence).getBytes(US_ASCII);
        return buffers.buffer(512)
                .writeBytes(beforeBranch[slot])
                .writeBytes(number)
                .writeBytes(beforeSequence[slot])
                .writeBytes(number)
                .writeBytes(METHOD)
                .writeBytes(headers.getBytes(US_ASCII))
                .writeBytes(END);
    }
}
