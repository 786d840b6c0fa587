package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.pinhole.ue.digest.Challenge;

/** A response: status and reason phrase. */
public final class SipResponse extends SipMessage {
    private final int status;
    private final String reason;

    public SipResponse(int status, String reason, SipHeaders headers, byte[] body) {
        super(headers, body);
        this.status = status;
        this.reason = reason;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    /** The status as an endpoint must take it: 430 Flow Failed is for proxies, here it counts as 400 (RFC 5626 §11.5, U-12). */
    public int effectiveStatus() {
        return status == 430 ? 400 : status;
    }

    /** Retry-After's seconds, its comment and parameters left aside; zero when there is none (RFC 3261 §20.33). */
    Duration retryAfter() {
        String value = headers().find("Retry-After");
        String digits = value == null ? "" : value.trim().replaceFirst("[^0-9].*", "");
        return digits.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(digits)) : Duration.ZERO;
    }

    /** Min-Expires, which a 423 carries (RFC 3261 §20.23); zero when there is none. */
    Duration minExpires() {
        String value = headers().find("Min-Expires");
        return value != null && value.matches("[0-9]{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : Duration.ZERO;
    }

    public boolean provisional() {
        return status < 200;
    }

    public boolean success() {
        return status >= 200 && status < 300;
    }

    /** Every Digest challenge of a 401 or 407, in the server's order of preference (D-1); other schemes are left out. */
    public List<Challenge> challenges() {
        String name = status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate";
        return headers().all(name).stream()
                .map(Challenge::parse)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The same response with other headers. */
    public SipResponse with(SipHeaders otherHeaders) {
        return new SipResponse(status, reason, otherHeaders, body());
    }

    @Override
    public String startLine() {
        return "SIP/2.0 " + status + " " + reason;
    }
}
