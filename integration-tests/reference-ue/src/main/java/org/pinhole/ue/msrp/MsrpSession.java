package org.pinhole.ue.msrp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One MSRP session between two paths (RFC 4975 §7): sends messages in chunks and asks for reports, answers what comes, and
 * puts messages together. Whatever there is to send is in {@link #poll}. Lives on one thread.
 */
public final class MsrpSession {
    /** What the session tells, on its thread. */
    public interface Listener {
        /** A message that came whole. */
        void message(String contentType, byte[] body);

        /** Every chunk of one of ours was answered 200. */
        void accepted(String messageId);

        /** The far end has the whole message, or says why not. */
        void reported(String messageId, int status);

        /** A chunk of ours was refused; the rest is not sent. */
        void refused(String messageId, int status);
    }

    /** RFC 4975 §5.1: what is longer has to be interruptible; it goes in chunks of this size. */
    static final int CHUNK_BYTES = 2048;

    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final int MAX_MESSAGES = 16;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final String ours;
    private final String theirs;
    private final RandomGenerator random;
    private final Listener listener;
    private final MsrpDecoder decoder = new MsrpDecoder();
    private final Deque<byte[]> out = new ArrayDeque<>();
    private final Map<String, String> unanswered = new HashMap<>();
    private final Map<String, Integer> chunksLeft = new HashMap<>();
    private final Map<String, ByteArrayOutputStream> coming = new LinkedHashMap<>();

    /** Between these two MSRP URIs. */
    public MsrpSession(String ours, String theirs, RandomGenerator random, Listener listener) {
        this.ours = ours;
        this.theirs = theirs;
        this.random = random;
        this.listener = listener;
    }

    /** A new URI of ours, whose session part nobody guesses (§14.1: 80 bits). */
    public static String path(String host, int port, RandomGenerator random) {
        String authority = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return "msrp://" + authority + ":" + port + "/" + letters(random, 20) + ";tcp";
    }

    /** What the connection's active side sends at once where it has nothing to say (§5.4), so that paths are compared. */
    public void greet() {
        queue(request("SEND", letters(random, 12)));
    }

    /** Sends a message and asks to be told when it has arrived; its id. */
    public String send(String contentType, byte[] body) {
        String id = letters(random, 12);
        int chunks = Math.max(1, (body.length + CHUNK_BYTES - 1) / CHUNK_BYTES);
        chunksLeft.put(id, chunks);
        for (int i = 0; i < chunks; i++) {
            int from = i * CHUNK_BYTES;
            int to = Math.min(body.length, from + CHUNK_BYTES);
            byte[] chunk = Arrays.copyOfRange(body, from, to);
            Map<String, String> headers =
                    new LinkedHashMap<>(request("SEND", id).headers());
            headers.put("Success-Report", "yes");
            headers.put("Byte-Range", ByteRange.of(from + 1, to, body.length));
            headers.put("Content-Type", contentType);
            String transaction = transactionFor(chunk);
            unanswered.put(transaction, id);
            char flag = i == chunks - 1 ? MsrpMessage.WHOLE : MsrpMessage.MORE;
            queue(new MsrpMessage(transaction, 0, "SEND", headers, chunk, flag));
        }
        return id;
    }

    private MsrpMessage request(String method, String messageId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("To-Path", theirs);
        headers.put("From-Path", ours);
        headers.put("Message-ID", messageId);
        return MsrpMessage.request(letters(random, 12), method, headers);
    }

    /** One whose end-line is not in the chunk (§7.1). */
    private String transactionFor(byte[] chunk) {
        String text = new String(chunk, StandardCharsets.ISO_8859_1);
        String transaction = letters(random, 12);
        while (text.contains("-------" + transaction)) {
            transaction = letters(random, 12);
        }
        return transaction;
    }

    private static String letters(RandomGenerator random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private void queue(MsrpMessage message) {
        out.add(message.write());
    }

    /** What is to be sent, in order; each is one message. */
    public List<byte[]> poll() {
        List<byte[]> all = new ArrayList<>(out);
        out.clear();
        return all;
    }

    /** Takes octets of the stream. */
    public void receive(byte[] octets) {
        decoder.feed(octets).forEach(this::take);
    }

    private void take(MsrpMessage message) {
        if (message.status() != 0) {
            answered(message);
        } else if (!ours.equals(message.find("To-Path"))) {
            queue(message.response(481, "Session Does Not Exist"));
        } else if (message.is("SEND")) {
            sent(message);
        } else if (message.is("REPORT")) {
            reported(message);
        } else {
            queue(message.response(501, "Method Unknown"));
        }
    }

    private void answered(MsrpMessage response) {
        String id = unanswered.remove(response.transaction());
        Integer left = id == null ? null : chunksLeft.get(id);
        if (id == null || left == null) {
            return;
        }
        if (response.status() / 100 != 2) {
            chunksLeft.remove(id);
            listener.refused(id, response.status());
        } else if (left == 1) {
            chunksLeft.remove(id);
            listener.accepted(id);
        } else {
            chunksLeft.put(id, left - 1);
        }
    }

    private void sent(MsrpMessage send) {
        String id = send.find("Message-ID");
        ByteRange range = ByteRange.find(send.find("Byte-Range"));
        if (id == null || range == null) {
            queue(send.response(400, "Bad Request"));
            return;
        }
        byte[] body = send.body();
        ByteArrayOutputStream so = body == null ? null : part(id, range);
        if (body != null && (so == null || so.size() + body.length > MAX_MESSAGE_BYTES)) {
            coming.remove(id);
            queue(send.response(413, "Stop Sending"));
            return;
        }
        queue(send.response(200, "OK"));
        if (so == null || body == null) {
            return;
        }
        so.writeBytes(body);
        if (send.flag() != MsrpMessage.MORE) {
            coming.remove(id);
        }
        if (send.flag() == MsrpMessage.WHOLE) {
            whole(send, id, so.toByteArray());
        }
    }

    /** What has come of the message before this chunk; null for a chunk that does not go on where that ends. */
    private @Nullable ByteArrayOutputStream part(String id, ByteRange range) {
        if (range.start() == 1) {
            if (coming.size() >= MAX_MESSAGES) {
                return null;
            }
            coming.put(id, new ByteArrayOutputStream());
        }
        ByteArrayOutputStream so = coming.get(id);
        return so != null && so.size() == range.start() - 1 ? so : null;
    }

    private void whole(MsrpMessage last, String id, byte[] body) {
        String type = last.find("Content-Type");
        listener.message(type == null ? "text/plain" : type, body);
        if ("yes".equals(last.find("Success-Report"))) {
            Map<String, String> headers =
                    new LinkedHashMap<>(request("REPORT", id).headers());
            headers.put("Byte-Range", ByteRange.of(1, body.length, body.length));
            headers.put("Status", "000 200 OK");
            queue(MsrpMessage.request(letters(random, 12), "REPORT", headers));
        }
    }

    /** {@code Status: 000 200 OK}; a REPORT is not answered (§7.1.2). */
    private void reported(MsrpMessage report) {
        String id = report.find("Message-ID");
        String status = report.find("Status");
        if (id != null && status != null && status.matches("000 [0-9]{3}.*")) {
            listener.reported(id, Integer.parseInt(status.substring(4, 7)));
        }
    }
}
