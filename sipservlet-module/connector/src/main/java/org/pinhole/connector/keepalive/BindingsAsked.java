package org.pinhole.connector.keepalive;

import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import javax.sip.header.ExpiresHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a REGISTER asks for, as far as its answer's {@code keep} is concerned: whether it binds, takes bindings away or only
 * asks which there are, and of which Contacts it speaks. Immutable.
 */
public final class BindingsAsked {
    /** A REGISTER that nobody remembers: one that binds whatever its answer lists. */
    public static final BindingsAsked UNKNOWN = new BindingsAsked(Kind.BINDS, Collections.emptySet());

    private static final long DEFAULT_SECONDS = 3600;

    private final Kind kind;
    /** Of the Contacts' URIs: their texts would be the phone's to choose, and one that is equal by chance does no harm. */
    private final Set<Integer> hashes;

    private enum Kind {
        BINDS,
        TAKES_AWAY,
        QUERIES
    }

    private BindingsAsked(Kind kind, Set<Integer> hashes) {
        this.kind = kind;
        this.hashes = hashes;
    }

    /** Reads a REGISTER (RFC 3261 §10.2). */
    public static BindingsAsked of(SIPRequest register) {
        ContactList contacts = register.getContactHeaders();
        if (contacts == null || contacts.isEmpty()) {
            return new BindingsAsked(Kind.QUERIES, Collections.emptySet());
        }
        int common = register.getExpires() == null ? -1 : register.getExpires().getExpires();
        Set<Integer> binding = new HashSet<>();
        for (Contact contact : contacts) {
            int own = contact.isWildCard() || contact.getExpires() < 0 ? common : contact.getExpires();
            if (own != 0) {
                binding.add(hash(contact));
            }
        }
        return new BindingsAsked(binding.isEmpty() ? Kind.TAKES_AWAY : Kind.BINDS, binding);
    }

    /** Whether it makes or refreshes a binding. */
    boolean binds() {
        return kind == Kind.BINDS;
    }

    /** Whether it takes every binding away that it names, and so starts nothing. */
    public boolean takesAway() {
        return kind == Kind.TAKES_AWAY;
    }

    /** Whether it leaves the bindings, and what was negotiated with them, as they are. */
    boolean isQuery() {
        return kind == Kind.QUERIES;
    }

    /**
     * For how many seconds its answer grants what it asked for: what it says of the Contacts that were named, or of all where it
     * names them otherwise; the longest, for a flow lives as long as one of them.
     */
    long granted(SIPResponse answer) {
        long named = -1;
        long any = -1;
        @Nullable ExpiresHeader header = answer.getExpires();
        long common = header == null ? DEFAULT_SECONDS : header.getExpires();
        ContactList contacts = answer.getContactHeaders();
        if (contacts != null) {
            boolean several = contacts.size() > 1; // of one it makes no difference whether it was named
            for (Contact contact : contacts) {
                int own = contact.getExpires();
                long seconds = own < 0 ? common : own;
                any = Math.max(any, seconds);
                named = several && hashes.contains(hash(contact)) ? Math.max(named, seconds) : named;
            }
        }
        return named >= 0 ? named : any >= 0 ? any : common;
    }

    private static int hash(Contact contact) {
        return contact.isWildCard() || contact.getAddress() == null
                ? 0
                : contact.getAddress().getURI().toString().hashCode();
    }
}
