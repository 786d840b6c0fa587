package org.pinhole.app.pcscf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.Transport;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.HeaderText;
import org.pinhole.app.chain.NameAddress;
import org.pinhole.app.chain.Onward;
import org.pinhole.app.chain.PassingResponse;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.SipFormatException;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A REGISTER on its way to the core, and what the core says to it (TS 24.229 5.2.2). The Path is the connector's to write; a
 * challenge goes to the phone as it is. A flow is bound by the 2xx to a REGISTER that answered a challenge on that very flow,
 * and by nothing else.
 */
final class RegistrationStep implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrationStep.class);
    private static final String AUTHORIZATION = "Authorization";

    private final PcscfSettings settings;
    private final Associations associations;
    private final RegistrationWatch watch;
    private final LongSupplier clockMillis;

    RegistrationStep(
            PcscfSettings settings, Associations associations, RegistrationWatch watch, LongSupplier clockMillis) {
        this.settings = settings;
        this.associations = associations;
        this.watch = watch;
        this.clockMillis = clockMillis;
    }

    @Override
    public StepResult handle(Exchange exchange) {
        if (!exchange.method().equals("REGISTER")) {
            return StepResult.CONTINUE;
        }
        try {
            forward(exchange);
        } catch (SipFormatException malformed) {
            exchange.reply(Reply.of(400, "Bad REGISTER: " + malformed.getMessage()));
        }
        return StepResult.DONE;
    }

    private void forward(Exchange exchange) {
        Flow flow = exchange.requireFlow();
        String addressOfRecord = addressOfRecord(exchange);
        List<RegisterCredentials> credentials = credentials(exchange);
        String privateIdentity = privateIdentity(credentials, addressOfRecord);
        boolean answers = credentials.stream().anyMatch(RegisterCredentials::answerChallenge);
        boolean bound = associations.isBound(flow, privateIdentity);
        exchange.setHeaders(AUTHORIZATION, guarded(credentials, flow, bound)); // P-12 to P-14
        exchange.addHeader("P-Visited-Network-ID", HeaderText.quote(settings.visitedNetwork()));
        exchange.addHeader("Require", "path");
        NameAddress contact = contact(exchange);
        boolean proves = answers || bound;
        exchange.onResponse(response -> {
            if (response.status() / 100 == 2 && proves && contact != null) {
                registered(response, flow, privateIdentity, addressOfRecord, contact);
            }
        });
        exchange.forward(Onward.along(flow, Collections.singletonList(settings.nextHop())));
    }

    private static String addressOfRecord(Exchange exchange) {
        String to = exchange.header("To");
        String uri = NameAddress.parse(to == null ? "" : to).uri();
        return PublicIdentity.of(uri).addressOfRecord();
    }

    private static List<RegisterCredentials> credentials(Exchange exchange) {
        List<RegisterCredentials> credentials = new ArrayList<>();
        for (String value : exchange.headers(AUTHORIZATION)) {
            credentials.add(RegisterCredentials.parse(value));
        }
        return credentials;
    }

    /**
     * Without a username it is the address-of-record without its scheme (TS 23.003 13.3). One for all: what one of them proves
     * would else be said of the others, too.
     */
    private static String privateIdentity(List<RegisterCredentials> credentials, String addressOfRecord) {
        Set<String> names = new LinkedHashSet<>();
        for (RegisterCredentials each : credentials) {
            if (each.digest()) {
                names.add(each.privateIdentity());
            }
        }
        if (names.size() > 1) {
            throw new SipFormatException("Authorizations of several users");
        }
        String username = names.isEmpty() ? "" : names.iterator().next();
        return username.isEmpty() ? addressOfRecord.substring(addressOfRecord.indexOf(':') + 1) : username;
    }

    private static List<String> guarded(List<RegisterCredentials> credentials, Flow flow, boolean bound) {
        boolean tls = flow.transport() == Transport.TLS;
        List<String> values = new ArrayList<>();
        for (RegisterCredentials each : credentials) {
            Protection protection = each.digest() ? Protection.of(tls, bound, each.answerChallenge()) : null;
            values.add(each.value(protection));
        }
        return values;
    }

    /** The Contact that the REGISTER is about; null for one that only asks. */
    private static @Nullable NameAddress contact(Exchange exchange) {
        List<String> contacts = HeaderValues.addressesOf(exchange.headers("Contact"));
        return contacts.isEmpty() ? null : NameAddress.parse(contacts.get(0));
    }

    private void registered(
            PassingResponse response, Flow flow, String privateIdentity, String addressOfRecord, NameAddress contact) {
        if (contact.wildcard()) {
            associations.unbindAll(privateIdentity, addressOfRecord);
            return;
        }
        try {
            Registration registration =
                    RegisterAnswer.read(response, addressOfRecord, contact, clockMillis.getAsLong());
            if (registration == null) {
                associations.unbind(flow, privateIdentity, addressOfRecord, contact);
                return;
            }
            Association association = associations.bind(flow, privateIdentity, registration);
            flow.authenticated(addressOfRecord);
            if (settings.asksRegEvent()) {
                watch.registered(new RegistrationSubject(association, settings));
            }
        } catch (SipFormatException malformed) {
            LOG.warn("flow {}: the core's answer to a REGISTER binds nothing: {}", flow.id(), malformed.getMessage());
        }
    }
}
