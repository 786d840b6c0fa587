package org.pinhole.app.pcscf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pinhole.app.chain.HeaderText;
import org.pinhole.app.chain.NameAddress;

/** Header fields that list values, however many of them stand in one field (RFC 3261 §7.3.1). Pure. */
final class HeaderValues {
    private HeaderValues() {}

    /**
     * The values one by one, empty ones left out.
     *
     * @throws org.pinhole.app.chain.SipFormatException when a quoted string does not end
     */
    static List<String> of(List<String> fields) {
        return values(fields, field -> HeaderText.split(field, ','));
    }

    /** The same where they are addresses. */
    static List<String> addressesOf(List<String> fields) {
        return values(fields, field -> HeaderText.splitAddresses(field, ','));
    }

    private static List<String> values(List<String> fields, Function<String, List<String>> splitting) {
        List<String> values = new ArrayList<>();
        for (String field : fields) {
            for (String value : splitting.apply(field)) {
                if (!value.isEmpty()) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** The URIs of a list of addresses, such as a Service-Route. */
    static List<String> urisOf(List<String> fields) {
        List<String> uris = new ArrayList<>();
        for (String value : addressesOf(fields)) {
            uris.add(NameAddress.parse(value).uri());
        }
        return uris;
    }
}
