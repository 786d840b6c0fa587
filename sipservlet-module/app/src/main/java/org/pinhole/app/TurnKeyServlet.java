package org.pinhole.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.turn.KeyAnswer;
import org.pinhole.app.turn.KeyLookup;

/** The rim of the key look-up, on the container's own web connector: {@code POST /pinhole/turn-key}, from this host only. */
public final class TurnKeyServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String RETRY_AFTER_SECONDS = "5";
    /** With any of these the question came through a proxy, so that the address of its connection says nothing. */
    private static final String[] PASSED_ON = {"Forwarded", "X-Forwarded-For", "Via"};

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        KeyAnswer answer = answer(request);
        response.setStatus(answer.status());
        response.setHeader("Cache-Control", "no-store");
        switch (answer.status()) {
            case 401:
                response.setHeader("WWW-Authenticate", "Bearer");
                break;
            case 405:
                response.setHeader("Allow", "POST");
                break;
            case 503:
                response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
                break;
            default:
                break;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            response.setContentType(answer.status() == 200 ? "application/json" : "text/plain;charset=UTF-8");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private KeyAnswer answer(HttpServletRequest request) throws IOException {
        if (!Loopback.names(request.getRemoteAddr()) || passedOn(request)) {
            return KeyAnswer.refused(403, "from this host only");
        }
        if (!"POST".equals(request.getMethod())) {
            return KeyAnswer.refused(405, "POST expected");
        }
        KeyLookup lookup = keyLookup();
        if (lookup == null) {
            return KeyAnswer.refused(503, "pinhole.turn.key-lookup-token-file is not set");
        }
        if (!lookup.permits(request.getHeader("Authorization"))) {
            return KeyAnswer.refused(401, "the token of pinhole.turn.key-lookup-token-file expected");
        }
        byte[] body = body(request.getInputStream());
        return body.length > KeyLookup.MAX_BODY
                ? KeyAnswer.refused(413, "at most " + KeyLookup.MAX_BODY + " octets expected")
                : lookup.answer(body);
    }

    private static boolean passedOn(HttpServletRequest request) {
        for (String name : PASSED_ON) {
            if (request.getHeader(name) != null) {
                return true;
            }
        }
        return false;
    }

    private @Nullable KeyLookup keyLookup() {
        Object wiring = getServletContext().getAttribute(EdgeWiring.ATTRIBUTE);
        return wiring instanceof EdgeWiring ? ((EdgeWiring) wiring).keyLookup() : null;
    }

    /** All of it, or one octet more than is allowed. */
    private static byte[] body(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] some = new byte[1024];
        int count = in.read(some);
        while (count >= 0 && body.size() <= KeyLookup.MAX_BODY) {
            body.write(some, 0, count);
            count = in.read(some);
        }
        return body.toByteArray();
    }
}
