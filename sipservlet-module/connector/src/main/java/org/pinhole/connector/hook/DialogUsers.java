package org.pinhole.connector.hook;

import gov.nist.javax.sip.message.SIPRequest;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.connector.hook.Fingerprints.Fingerprint;

/**
 * Who has begun the dialogs of this container's phones. What follows within one comes past application pinhole, and without
 * credentials for our realms, which go no further than the connector: asked again, a phone could not even hang up. It is the
 * same user's because it is on his flow, or on another that was authenticated as his, from the same end of the same dialog. A
 * flow of an edge is many users': of those nothing is known here, and they keep their credentials.
 *
 * <p>A user has a share of what is remembered, of which the dialog longest unheard is forgotten for one more. A BYE, and a day of
 * silence without the flow that it began on, are a dialog's end. Safe for any thread.
 */
final class DialogUsers {
    private static final Set<String> BEGIN = Collections.unmodifiableSet(
            new HashSet<>(Arrays.asList(SIPRequest.INVITE, SIPRequest.SUBSCRIBE, SIPRequest.REFER)));
    private static final String SHARE = "pinhole.limits.dialogs-per-user";
    private static final String DEFAULT_SHARE = "256";
    private static final int MOST = 100_000;
    private static final long SILENCE_NANOS = TimeUnit.DAYS.toNanos(1);
    /** What is on its way when the BYE comes, the BYE itself to further applications above all (RFC 3261 §17: 64*T1). */
    private static final long AFTER_BYE_NANOS = TimeUnit.SECONDS.toNanos(32);

    private final LongSupplier nanoClock;
    private final Fingerprints fingerprints = new Fingerprints();
    /** The one longest unheard first, as each user's are: whichever is heard is taken out and put in again. */
    private final Map<Fingerprint, Dialog> standing = new LinkedHashMap<>();

    private final Map<String, Map<Fingerprint, Dialog>> byUser = new HashMap<>();
    private final Map<Fingerprint, Dialog> ended = new LinkedHashMap<>();

    DialogUsers(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** This user has sent this request on this flow; where it begins no dialog nothing is noted. */
    synchronized void note(@Nullable Flow phone, SIPRequest request, AuthenticatedUser user) {
        String identity = identityOf(phone);
        if (phone == null || identity == null || request.getToTag() != null || !BEGIN.contains(request.getMethod())) {
            return;
        }
        Fingerprint name = name(request, request.getFromTag());
        Dialog present = standing.get(name);
        if (present == null || present.identity.equals(identity)) { // or he has learnt the other's Call-ID and tag
            forgetSilent();
            if (present != null) {
                forget(present);
            }
            add(new Dialog(name, identity, user, phone, nanoClock.getAsLong()));
            Map<Fingerprint, Dialog> own = byUser.get(identity);
            if (own != null && own.size() > Integer.parseInt(phone.settings().getOrDefault(SHARE, DEFAULT_SHARE))) {
                forget(own.values().iterator().next());
            }
            if (standing.size() > MOST) {
                forget(standing.values().iterator().next());
            }
        }
    }

    /** Who sent a request within a dialog that he began; null for any other. */
    synchronized @Nullable AuthenticatedUser find(@Nullable Flow phone, SIPRequest request) {
        if (request.getToTag() == null) {
            return null;
        }
        Dialog others = standing.get(name(request, request.getToTag()));
        if (others != null) {
            heard(others, request);
        }
        Fingerprint name = name(request, request.getFromTag());
        Dialog own = standing.containsKey(name) ? standing.get(name) : ended.get(name);
        if (own == null || !own.identity.equals(identityOf(phone))) {
            return null;
        }
        heard(own, request);
        return own.user;
    }

    private static @Nullable String identityOf(@Nullable Flow phone) {
        return phone == null || phone.isOfAnEdge() ? null : phone.identity();
    }

    /** By the end that began it. */
    private Fingerprint name(SIPRequest request, @Nullable String callersTag) {
        return fingerprints.of(request.getCallId().getCallId(), callersTag);
    }

    private void heard(Dialog dialog, SIPRequest request) {
        if (!standing.containsKey(dialog.name)) {
            return; // it has ended, and is not prolonged
        }
        touch(dialog);
        if (SIPRequest.BYE.equals(request.getMethod())) {
            forget(dialog);
            ended.put(dialog.name, dialog);
            forgetEnded();
        }
    }

    private void touch(Dialog dialog) {
        dialog.heardAt = nanoClock.getAsLong();
        forget(dialog);
        add(dialog);
    }

    private void add(Dialog dialog) {
        ended.remove(dialog.name);
        standing.put(dialog.name, dialog);
        byUser.computeIfAbsent(dialog.identity, first -> new LinkedHashMap<>()).put(dialog.name, dialog);
    }

    private void forget(Dialog dialog) {
        standing.remove(dialog.name);
        Map<Fingerprint, Dialog> own = byUser.get(dialog.identity);
        if (own != null) {
            own.remove(dialog.name);
            if (own.isEmpty()) {
                byUser.remove(dialog.identity);
            }
        }
    }

    private void forgetSilent() {
        while (!standing.isEmpty()) {
            Dialog eldest = standing.values().iterator().next();
            if (nanoClock.getAsLong() - eldest.heardAt < SILENCE_NANOS) {
                return;
            }
            if (eldest.standsByItsFlow()) {
                touch(eldest); // for another day
            } else {
                forget(eldest);
            }
        }
    }

    private void forgetEnded() {
        while (!ended.isEmpty()) {
            Dialog eldest = ended.values().iterator().next();
            if (nanoClock.getAsLong() - eldest.heardAt < AFTER_BYE_NANOS && ended.size() <= MOST) {
                return;
            }
            ended.remove(eldest.name);
        }
    }

    /** How many are remembered, those that have just ended included. */
    synchronized int size() {
        return standing.size() + ended.size();
    }

    /** A dialog, and who has begun it. */
    private static final class Dialog {
        private final Fingerprint name;
        private final String identity;
        private final AuthenticatedUser user;
        private final WeakReference<Flow> phone;
        private long heardAt;

        Dialog(Fingerprint name, String identity, AuthenticatedUser user, Flow phone, long heardAt) {
            this.name = name;
            this.identity = identity;
            this.user = user;
            this.phone = new WeakReference<>(phone);
            this.heardAt = heardAt;
        }

        boolean standsByItsFlow() {
            Flow flow = phone.get();
            return flow != null && flow.open();
        }
    }
}
