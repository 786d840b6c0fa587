package org.pinhole.ue.sdp;

import org.jspecify.annotations.Nullable;

/** One {@code a=} line (RFC 8866 §5.13): a property without a value, or a value with its name. */
public record SdpAttribute(String name, @Nullable String value) {
    /** Reads what stands behind {@code a=}. */
    static SdpAttribute parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new SdpAttribute(text, null)
                : new SdpAttribute(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return value == null ? "a=" + name : "a=" + name + ":" + value;
    }
}
