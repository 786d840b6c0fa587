package org.pinhole.connector.transport;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.message.SIPRequest;
import javax.sip.address.URI;
import org.jspecify.annotations.Nullable;

/**
 * What one device of a user is known again by when it has come back: the instance-id of its REGISTER (RFC 5626 §4.1), or, of one
 * that has none, the host in its Contact, which is its own address behind whatever stands between. Immutable.
 */
final class Device {
    private static final int LONGEST = 256;

    private final String addressOfRecord;
    private final String which;

    private Device(String addressOfRecord, String which) {
        this.addressOfRecord = addressOfRecord;
        this.which = which;
    }

    /** Null when the REGISTER says too little, or too much. */
    static @Nullable Device of(SIPRequest register) {
        ContactList contacts = register.getContactHeaders();
        Contact contact = contacts == null || contacts.isEmpty() ? null : (Contact) contacts.getFirst();
        URI user = register.getTo().getAddress().getURI();
        if (contact == null || contact.isWildCard() || contact.getAddress() == null || !(user instanceof SipUri)) {
            return null;
        }
        String which = contact.getParameter("+sip.instance");
        URI uri = contact.getAddress().getURI();
        if (which == null && uri instanceof SipUri) {
            which = ((SipUri) uri).getHost();
        }
        String name = ((SipUri) user).getUserAtHost();
        return which == null || which.length() > LONGEST || name.length() > LONGEST ? null : new Device(name, which);
    }

    /**
     * Its name.
     *
     * @param identity whose it is; null where nobody is asked for a password, and it is whose it says that it is
     */
    String nameFor(@Nullable String identity) {
        return (identity == null ? addressOfRecord : identity) + " at " + which;
    }
}
