package org.pinhole.connector.tls;

import java.io.File;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells an operator of a certificate that runs out: from 30 days before, once a day. Confined to one thread. */
@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
final class ExpiryNotice {
    private static final long DAY = 24L * 60 * 60 * 1000;
    private static final long NOTICE_DAYS = 30;
    private static final long URGENT_DAYS = 7;

    private final Map<File, Long> lastSaid = new HashMap<>();

    /** The line to log now, or null when there is nothing to say, or it was said less than a day ago. */
    @Nullable
    String dueLine(ServerIdentity identity, Date now) {
        long left = identity.certificate().getNotAfter().getTime() - now.getTime();
        Long said = lastSaid.get(identity.file());
        if (left > NOTICE_DAYS * DAY || (said != null && now.getTime() - said < DAY)) {
            return null;
        }
        lastSaid.put(identity.file(), now.getTime());
        String when = left < 0
                ? "HAS EXPIRED, phones refuse it"
                : (left <= URGENT_DAYS * DAY ? "EXPIRES in " : "expires in ") + left / DAY + " days";
        return "certificate " + identity.file() + " " + when + " ("
                + identity.certificate().getNotAfter() + "); put a new one in its place, no restart is needed";
    }
}
