package org.pinhole.app.turn;

import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.Step;
import org.pinhole.app.chain.StepResult;
import org.pinhole.app.chain.SuccessHeader;

/** Sees to it that a phone that is registered knows how to open a relay, and that nobody else tells it so. */
public final class TurnStep implements Step {
    private final @Nullable Offer offer;

    private TurnStep(@Nullable Offer offer) {
        this.offer = offer;
    }

    /** Hands out nothing. */
    public static TurnStep offeringNothing() {
        return new TurnStep(null);
    }

    /**
     * Hands out credentials for these servers while one of them is there.
     *
     * @throws IllegalArgumentException with a line for the operator, when the secret cannot be read
     */
    public static TurnStep offering(TurnSettings settings, TurnWatch servers, LongSupplier clockMillis) {
        Reachable reachable = servers.watch(settings.probe());
        return new TurnStep(new Offer(settings, settings.readSecret(), reachable, clockMillis));
    }

    @Override
    public StepResult handle(Exchange exchange) {
        exchange.removeHeader(TurnHeader.NAME); // only we say it, and only to phones
        Identity identity = exchange.identity();
        if (offer != null && identity != null && exchange.method().equals("REGISTER")) {
            exchange.onSuccess(TurnHeader.NAME, offer.to(identity, exchange.headers("Contact")));
        }
        return StepResult.CONTINUE;
    }

    /** What we hand out. */
    private static final class Offer {
        private final TurnSettings settings;
        private final SharedSecret secret;
        private final Reachable reachable;
        private final LongSupplier clockMillis;

        Offer(TurnSettings settings, SharedSecret secret, Reachable reachable, LongSupplier clockMillis) {
            this.settings = settings;
            this.secret = secret;
            this.reachable = reachable;
            this.clockMillis = clockMillis;
        }

        SuccessHeader to(Identity identity, List<String> contacts) {
            return response -> {
                List<String> expires = response.apply("Expires");
                long registered = GrantedLifetime.seconds(
                        contacts, response.apply("Contact"), expires.isEmpty() ? null : expires.get(0));
                return registered > 0 && reachable.now() && printable(identity.user())
                        ? header(identity, registered)
                        : null;
            };
        }

        private String header(Identity identity, long registeredSeconds) {
            long lifetime = Math.min(settings.credentialSeconds(), registeredSeconds);
            long expiry = clockMillis.getAsLong() / 1000 + lifetime;
            return TurnHeader.value(
                    TurnCredential.of(secret, expiry, identity.user()), identity.realm(), lifetime, settings.uris());
        }

        /** A control character could end the header field. */
        private static boolean printable(String user) {
            return user.chars().noneMatch(Character::isISOControl);
        }
    }
}
