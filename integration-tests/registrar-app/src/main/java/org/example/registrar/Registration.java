package org.example.registrar;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.servlet.ServletException;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;

/** The registrar half: REGISTER as RFC 3261 §10.3 has it, without Path and without outbound. */
final class Registration {
    private static final int DEFAULT_EXPIRES_SECONDS = 3600;

    private final Bindings bindings;
    private final SipFactory factory;
    private final Clock clock;

    Registration(Bindings bindings, SipFactory factory, Clock clock) {
        this.bindings = bindings;
        this.factory = factory;
        this.clock = clock;
    }

    void handle(SipServletRequest request) throws ServletException, IOException {
        String aor = Aor.of(request.getTo().getURI());
        List<Address> contacts = contactsOf(request);
        if (contacts.stream().anyMatch(Address::isWildcard)) {
            if (contacts.size() != 1 || request.getExpires() != 0) {
                request.createResponse(
                                SipServletResponse.SC_BAD_REQUEST, "Contact * needs Expires 0 and no other Contact")
                        .send();
                return;
            }
            bindings.unbindAll(aor);
        } else {
            for (Address contact : contacts) {
                bindings.bind(aor, contact.getURI().toString(), contact.toString(), lifetime(contact, request));
            }
        }
        answer(request, bindings.of(aor));
    }

    private void answer(SipServletRequest request, List<Binding> current) throws ServletException, IOException {
        SipServletResponse response = request.createResponse(SipServletResponse.SC_OK);
        for (Binding binding : current) {
            Address contact = factory.createAddress(binding.contact());
            long millisLeft =
                    Duration.between(clock.instant(), binding.expiry()).toMillis();
            contact.setExpires((int) Math.max(1, (millisLeft + 999) / 1000)); // a started second counts
            response.addAddressHeader("Contact", contact, false);
        }
        response.send();
    }

    private static List<Address> contactsOf(SipServletRequest request) throws ServletException {
        List<Address> contacts = new ArrayList<>();
        Iterator<Address> headers = request.getAddressHeaders("Contact");
        while (headers.hasNext()) {
            contacts.add(headers.next());
        }
        return contacts;
    }

    /** The Contact's own expires, else the Expires header, else the default. */
    private static Duration lifetime(Address contact, SipServletRequest request) {
        int seconds = contact.getExpires() >= 0 ? contact.getExpires() : request.getExpires();
        return Duration.ofSeconds(seconds >= 0 ? seconds : DEFAULT_EXPIRES_SECONDS);
    }
}
