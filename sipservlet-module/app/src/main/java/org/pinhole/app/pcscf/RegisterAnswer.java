package org.pinhole.app.pcscf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.NameAddress;
import org.pinhole.app.chain.PassingResponse;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.SipUri;

/** Reads from the 2xx to a REGISTER what it grants to the phone that sent it. Pure. */
final class RegisterAnswer {
    private static final long MAX_SECONDS = 0xFFFFFFFFL;

    private RegisterAnswer() {}

    /**
     * The registration; null when the phone's Contact is none of those that remain, so that it has none.
     *
     * @throws SipFormatException when the answer is malformed
     */
    static @Nullable Registration read(
            PassingResponse response, String addressOfRecord, NameAddress contact, long nowMillis) {
        long seconds = secondsOf(response, contact);
        if (seconds <= 0) {
            return null;
        }
        List<PublicIdentity> identities = identities(response.headers("P-Associated-URI"));
        if (identities.isEmpty()) {
            identities.add(PublicIdentity.of(addressOfRecord));
        }
        return new Registration(
                addressOfRecord,
                contact,
                identities,
                HeaderValues.urisOf(response.headers("Service-Route")),
                nowMillis + seconds * 1000);
    }

    /** What a P-CSCF can make nothing of, such as a wildcard that is no URI, it does not assert. */
    private static List<PublicIdentity> identities(List<String> fields) {
        List<PublicIdentity> identities = new ArrayList<>();
        for (String uri : HeaderValues.urisOf(fields)) {
            PublicIdentity identity = PublicIdentity.find(uri);
            if (identity != null) {
                identities.add(identity);
            }
        }
        return identities;
    }

    private static long secondsOf(PassingResponse response, NameAddress own) {
        for (String value : HeaderValues.addressesOf(response.headers("Contact"))) {
            NameAddress contact = find(value);
            if (contact != null && isSame(contact, own)) {
                List<String> common = response.headers("Expires");
                String expires = contact.parameter("expires");
                return number(expires == null && !common.isEmpty() ? common.get(0) : expires);
            }
        }
        return 0;
    }

    /** Another device's may be anything that a registrar takes, such as an address for mail: it is none of ours. */
    private static @Nullable NameAddress find(String value) {
        try {
            NameAddress contact = NameAddress.parse(value);
            SipUri.parse(contact.uri());
            return contact;
        } catch (SipFormatException another) {
            return null;
        }
    }

    private static boolean isSame(NameAddress granted, NameAddress own) {
        String instance = own.parameter("+sip.instance");
        String regId = own.parameter("reg-id");
        if (instance != null && regId != null && granted.parameter("reg-id") != null) {
            return instance.equalsIgnoreCase(granted.parameter("+sip.instance"))
                    && regId.equals(granted.parameter("reg-id"));
        }
        return SipUri.parse(granted.uri()).matches(SipUri.parse(own.uri()));
    }

    private static long number(@Nullable String text) {
        if (text == null || !text.trim().matches("[0-9]+")) {
            return 0;
        }
        String digits = text.trim();
        return digits.length() > 10 ? MAX_SECONDS : Math.min(MAX_SECONDS, Long.parseLong(digits));
    }
}
