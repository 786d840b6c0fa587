package org.pinhole.ue.call;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.ice.IceStream;
import org.pinhole.ue.msrp.MsrpFormatException;
import org.pinhole.ue.msrp.MsrpSession;

/** The MSRP of a call, over frames on one stream (RFC 6544 §10.1). Lives on the loop. */
final class MessageLeg {
    private static final int OK = 200;

    private final RandomGenerator random;
    private final CallListener listener;
    private @Nullable MsrpSession session;
    private @Nullable IceStream way;

    MessageLeg(RandomGenerator random, CallListener listener) {
        this.random = random;
        this.listener = listener;
    }

    /** Begins on a stream that stands; who offered says the first word. */
    void start(IceStream stream, String ours, String theirs, boolean offered) {
        if (session != null) {
            return;
        }
        MsrpSession begun = new MsrpSession(ours, theirs, random, new FromSession());
        session = begun;
        way = stream;
        if (offered) {
            begun.greet();
            flush(begun);
        }
    }

    /** Sends a message; its id. */
    String send(String text) throws IOException {
        MsrpSession known = session;
        if (known == null) {
            throw new IOException("no MSRP session stands");
        }
        String id = known.send("text/plain", text.getBytes(StandardCharsets.UTF_8));
        flush(known);
        return id;
    }

    void receive(byte[] octets) {
        MsrpSession known = session;
        if (known == null) {
            return;
        }
        try {
            known.receive(octets);
            flush(known);
        } catch (MsrpFormatException e) {
            session = null;
            listener.failed(Describer.MESSAGE, String.valueOf(e.getMessage()));
        }
    }

    private void flush(MsrpSession from) {
        IceStream stream = way;
        for (byte[] message : from.poll()) {
            try {
                if (stream != null) {
                    stream.send(message);
                }
            } catch (IOException e) {
                listener.failed(Describer.MESSAGE, "cannot send: " + e.getMessage());
                return;
            }
        }
    }

    private final class FromSession implements MsrpSession.Listener {
        @Override
        public void message(String contentType, byte[] body) {
            listener.message(new String(body, StandardCharsets.UTF_8));
        }

        @Override
        public void accepted(String messageId) {
            // The REPORT says more.
        }

        @Override
        public void reported(String messageId, int status) {
            listener.delivered(messageId, status);
        }

        @Override
        public void refused(String messageId, int status) {
            listener.delivered(messageId, status == OK ? 500 : status);
        }
    }
}
