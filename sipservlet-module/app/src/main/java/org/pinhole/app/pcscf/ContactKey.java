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
        String instance = contact.parameter("+sip.instance");
        String regId = contact.parameter("reg-id");
        return privateIdentity
                + (instance != null && regId != null ? ' ' + instance + ' ' + regId : ' ' + contact.uri());
    }
}
