package org.pinhole.app;

import org.jspecify.annotations.Nullable;

/** For how many seconds a subscription goes on, as its messages say (RFC 6665 §4.1.2, §4.1.3). Pure. */
final class SubscriptionTime {
    /** The message does not say. */
    static final long UNTOLD = -1;

    private static final String EXPIRES = "expires=";

    private SubscriptionTime() {}

    /** What the 2xx to a SUBSCRIBE grants. */
    static long grantedBy(@Nullable String expires) {
        return seconds(expires);
    }

    /** What a NOTIFY says to be left; of a REFER's subscription nothing else tells. */
    static long leftBy(@Nullable String subscriptionState) {
        if (subscriptionState == null) {
            return UNTOLD;
        }
        String[] parts = subscriptionState.split(";", -1);
        if (parts[0].trim().equalsIgnoreCase("terminated")) {
            return 0;
        }
        for (String part : parts) {
            if (part.trim().regionMatches(true, 0, EXPIRES, 0, EXPIRES.length())) {
                return seconds(part.trim().substring(EXPIRES.length()));
            }
        }
        return UNTOLD;
    }

    private static long seconds(@Nullable String digits) {
        return digits != null && digits.trim().matches("[0-9]{1,10}") ? Long.parseLong(digits.trim()) : UNTOLD;
    }
}
