package org.pinhole.connector.tls;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that can be shown to phones. One that has expired is left out as long as there is another, and so is one of
 * several that cannot be read: what nobody renews, and a stray or half a pair, must not keep the renewed ones of the others
 * out. What was in force for a pair that is broken now stays so.
 */
@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
final class Showable {
    private final List<ServerIdentity> inForce;
    private final Date now;
    private final List<ServerIdentity> identities = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private boolean anyIsNew;
    private boolean firstIsOut;

    Showable(List<ServerIdentity> inForce, Date now) {
        this.inForce = inForce;
        this.now = now;
    }

    /** One that was read. */
    void add(ServerIdentity identity) {
        if (identity.hasExpired(now)) {
            leftOut(ServerIdentity.CERTIFICATE_FILE + " " + identity.file() + ": expired on "
                    + identity.certificate().getNotAfter() + "; renew it, or take it away");
        } else {
            identities.add(identity);
            anyIsNew = true;
        }
    }

    /**
     * One that was not.
     *
     * @param stray whether it may be one that nobody means
     */
    void broken(IdentityFiles files, TlsFault fault, boolean stray) throws TlsFault {
        ServerIdentity before = find(files);
        if (before != null) {
            identities.add(before);
            faults.add(fault.getMessage() + ". What was in force of it stays so");
        } else if (stray) {
            leftOut(String.valueOf(fault.getMessage()));
        } else {
            throw fault;
        }
    }

    private @Nullable ServerIdentity find(IdentityFiles files) {
        for (ServerIdentity identity : inForce) {
            if (identity.file().equals(files.certificate()) && !identity.hasExpired(now)) {
                return identity;
            }
        }
        return null;
    }

    private void leftOut(String words) {
        firstIsOut |= identities.isEmpty();
        faults.add(words + ". It is left out");
    }

    /**
     * All have been seen.
     *
     * @throws TlsFault when none can be shown that was read now
     */
    Showable complete() throws TlsFault {
        if (!anyIsNew) {
            throw new TlsFault(String.join(". ", faults));
        }
        return this;
    }

    /** At least one; the first is the default. */
    List<ServerIdentity> identities() {
        return Collections.unmodifiableList(identities);
    }

    /** What an operator has to do about the others. */
    List<String> warnings() {
        String first = firstIsOut
                ? ". Phones that ask for no name, or an unknown one, are shown "
                        + identities.get(0).file() + " now"
                : "";
        return faults.stream().map(words -> words + first).collect(Collectors.toList());
    }
}
