package org.pinhole.ue.sip;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pinhole.ue.digest.Challenge;

/**
 * Whose challenges are answered: the domain's, those of whoever challenged our REGISTER, and those that were named. Anybody
 * who is called, or stands behind the edge, can ask for a password; what is answered is a hash of it that can be guessed
 * at. Lives on the loop.
 */
final class Realms {
    private final Set<String> ours = new HashSet<>();

    Realms(UeSettings settings) {
        ours.add(settings.domain());
        ours.addAll(settings.realms());
    }

    /** Those of the challenges to this request that are to be answered. REGISTER goes to the registrar and no further. */
    List<Challenge> answered(SipRequest request, List<Challenge> offered) {
        if (request.method().equals("REGISTER")) {
            offered.forEach(challenge -> ours.add(challenge.realm()));
        }
        return offered.stream()
                .filter(challenge -> ours.contains(challenge.realm()))
                .toList();
    }

    /** Why none is. */
    static String refusal(SipResponse response) {
        List<String> realms =
                response.challenges().stream().map(Challenge::realm).distinct().toList();
        return response.startLine() + " asks for a password of realm " + String.join(", ", realms)
                + ", which is not known to be ours; name it if it is to have the password";
    }
}
