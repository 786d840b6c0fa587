package org.pinhole.app;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import org.pinhole.app.chain.PassingResponse;
import org.pinhole.app.chain.ResponseEdit;
import org.pinhole.app.chain.SuccessHeader;

/**
 * What the steps want done to the answers of a request that was sent on, remembered with the request, and done as each answer
 * passes.
 */
final class WantedOfAnswers {
    private static final String ON_SUCCESS = "org.pinhole.app.on-success";
    private static final String ON_RESPONSE = "org.pinhole.app.on-response";

    private WantedOfAnswers() {}

    /** Of a request that is about to be sent on. */
    static void note(SipServletRequest request, Map<String, SuccessHeader> onSuccess, List<ResponseEdit> onResponse) {
        request.setAttribute(ON_SUCCESS, onSuccess);
        if (!onResponse.isEmpty()) {
            request.setAttribute(ON_RESPONSE, onResponse);
        }
    }

    /** Puts onto a 2xx that passes through what the steps wanted there. */
    static void complete(SipServletResponse response) {
        Proxy proxy = response.getProxy();
        Object wanted = proxy == null ? null : proxy.getOriginalRequest().getAttribute(ON_SUCCESS);
        if (wanted instanceof Map) {
            ((Map<?, ?>) wanted).forEach((name, header) -> {
                if (response.getHeader(String.valueOf(name)) == null) {
                    set(response, String.valueOf(name), (SuccessHeader) header);
                }
            });
        }
    }

    /** Shows a response that passes through to the steps that wanted to see it. */
    static void passing(SipServletResponse response) {
        Proxy proxy = response.getProxy();
        SipServletRequest original = proxy == null ? null : proxy.getOriginalRequest();
        Object edits = original == null ? null : original.getAttribute(ON_RESPONSE);
        if (original != null && edits instanceof List && answers(response, original)) {
            PassingResponse passing = new Passing(response);
            ((List<?>) edits).forEach(edit -> ((ResponseEdit) edit).passing(passing));
        }
    }

    /** The container names the initial request for all that is said in a dialog that it made, in either direction. */
    private static boolean answers(SipServletResponse response, SipServletRequest original) {
        return Objects.equals(response.getHeader("CSeq"), original.getHeader("CSeq"))
                && Objects.equals(
                        response.getFrom().getParameter("tag"),
                        original.getFrom().getParameter("tag"));
    }

    private static void set(SipServletResponse response, String name, SuccessHeader header) {
        String value = header.value(asked -> ServletExchange.headers(response, asked));
        if (value != null) {
            response.setHeader(name, value);
        }
    }

    /** A response of the container's as the steps see it. */
    private static final class Passing implements PassingResponse {
        private final SipServletResponse response;

        private Passing(SipServletResponse response) {
            this.response = response;
        }

        @Override
        public int status() {
            return response.getStatus();
        }

        @Override
        public List<String> headers(String name) {
            return ServletExchange.headers(response, name);
        }

        @Override
        public void setHeaders(String name, List<String> values) {
            response.removeHeader(name);
            values.forEach(value -> response.addHeader(ServletExchange.repeatable(name), value));
        }
    }
}
