package org.pinhole.app.pcscf;

import org.pinhole.app.chain.NameAddress;

/**
 * What makes two Contacts of one private identity the same phone: instance-id and reg-id under outbound (RFC 5626 §6), else
 * the URI. A phone that registers anew from another connection takes the place of the older one. Pure.
 */
final class ContactKey {
    private ContactKey() {}

    /** The key of a phone. */
    static String of(String privateIdentity, NameAddress contact) {
        return privateIdentity
                + ' '
                + (namesDevice(contact)
                        ? contact.parameter("+sip.instance") + ' ' + contact.parameter("reg-id")
                        : contact.uri());
    }

    /** Whether it says which device it is of; a URI may be one of any private network's, and so of several devices. */
    static boolean namesDevice(NameAddress contact) {
        return contact.parameter("+sip.instance") != null && contact.parameter("reg-id") != null;
    }
}
