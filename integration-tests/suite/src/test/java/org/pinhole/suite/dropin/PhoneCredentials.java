package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.Credentials;
import org.pinhole.ue.digest.DigestAnswer;
import org.pinhole.ue.digest.DigestClient;
import org.pinhole.ue.digest.DigestRequest;

/** A test phone's answers to challenges, in the algorithm that the server prefers. */
final class PhoneCredentials {
    private final DigestClient digest;

    PhoneCredentials(String user, String password) {
        this.digest = new DigestClient(
                Credentials.of(user, password), () -> UUID.randomUUID().toString());
    }

    /** The header field that answers a 401 or a 407, with its line end. */
    String answer(String challenged, String method, String uri, byte[] body) {
        boolean proxy = challenged.startsWith("SIP/2.0 407");
        String name = proxy ? "proxy-authenticate" : "www-authenticate";
        List<Challenge> challenges = challenged
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> Challenge.parse(line.substring(name.length() + 1).trim()))
                .toList();
        assertThat(digest.accept(challenges)).as(challenged).isTrue();
        @Nullable DigestAnswer answer = digest.answer(DigestRequest.of(method, uri, body));
        assertThat(answer).isNotNull();
        return (proxy ? "Proxy-Authorization: " : "Authorization: ") + answer.headerValue() + "\r\n";
    }
}
