package org.pinhole.ue.tunnel;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** One CONNECT on one connection to a proxy. Nothing is written after the request until the reply was read whole. */
final class HttpConnect {
    /** Proxies add cookies, policies and Kerberos tokens; nobody sane sends more than this. */
    static final int HEAD_LIMIT = 64 * 1024;

    /** More than any page that says why; beyond it a new connection is cheaper. */
    private static final int BODY_LIMIT = 64 * 1024;

    private final InstantSource clock;
    private final Duration deadline;

    HttpConnect(InstantSource clock, Duration deadline) {
        this.clock = clock;
        this.deadline = deadline;
    }

    /** Sends CONNECT and reads the reply. The socket's next byte is the first one behind the blank line. */
    ConnectReply ask(Socket socket, HostPort target, @Nullable String authorization) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(request(target, authorization).getBytes(StandardCharsets.US_ASCII));
        out.flush();
        Instant end = clock.instant().plus(deadline);
        ConnectReply reply = ConnectReply.parse(readHead(socket, end));
        while (reply.status() < 200) {
            reply = ConnectReply.parse(readHead(socket, end));
        }
        return reply;
    }

    /** Whether another CONNECT may follow on this connection; the body of the reply is read away for that. */
    boolean keptOpen(Socket socket, ConnectReply reply) {
        int length = reply.bodyLength();
        if (!reply.keepsConnection() || length < 0 || length > BODY_LIMIT) {
            return false;
        }
        try {
            return passedOver(socket, length);
        } catch (IOException e) {
            return false; // It said that it would keep the connection, and has not.
        }
    }

    /** Whether as many octets came within the deadline as a whole, however they drip. */
    private boolean passedOver(Socket socket, int length) throws IOException {
        Instant end = clock.instant().plus(deadline);
        byte[] octets = new byte[Math.max(1, length)];
        int left = length;
        while (left > 0) {
            long millis = Duration.between(clock.instant(), end).toMillis();
            if (millis <= 0) {
                return false;
            }
            socket.setSoTimeout((int) millis);
            int n = socket.getInputStream().read(octets, 0, left);
            if (n < 0) {
                return false;
            }
            left -= n;
        }
        return true;
    }

    static String request(HostPort target, @Nullable String authorization) {
        StringBuilder text = new StringBuilder();
        text.append("CONNECT ").append(target.authority()).append(" HTTP/1.1\r\n");
        text.append("Host: ").append(target.authority()).append("\r\n");
        if (authorization != null) {
            text.append("Proxy-Authorization: ").append(authorization).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    /** Reads octet by octet, because every octet behind the blank line belongs to TLS, and no stream takes one back. */
    private String readHead(Socket socket, Instant end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (!endsWithBlankLine(head)) {
            long left = Duration.between(clock.instant(), end).toMillis();
            if (left <= 0) {
                throw new TunnelException(
                        "the proxy did not finish its answer to CONNECT within " + deadline.toSeconds() + " s");
            }
            socket.setSoTimeout((int) left);
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the proxy closed the connection before its answer to CONNECT was complete");
            }
            head.append((char) octet);
            if (head.length() > HEAD_LIMIT) {
                throw new TunnelException(
                        "the proxy's answer to CONNECT has a head of more than " + HEAD_LIMIT + " octets");
            }
        }
        return head.toString();
    }

    private static boolean endsWithBlankLine(StringBuilder head) {
        int n = head.length();
        if (n < 3 || head.charAt(n - 1) != '\n') {
            return false;
        }
        return head.charAt(n - 2) == '\n' || (head.charAt(n - 2) == '\r' && head.charAt(n - 3) == '\n');
    }
}
