package org.pinhole.ue.doubles;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.AuthParams;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.Credentials;
import org.pinhole.ue.digest.DigestAlgorithm;
import org.pinhole.ue.digest.DigestAnswer;
import org.pinhole.ue.digest.DigestRequest;
import org.pinhole.ue.digest.DigestSession;
import org.pinhole.ue.digest.Qop;
import org.pinhole.ue.sip.SipHeaders;
import org.pinhole.ue.sip.SipRequest;
import org.pinhole.ue.sip.SipResponse;

/** The edge double's Digest: two challenges, SHA-256 first, one nonce for ever (a double, not a model to follow). */
final class DoubleDigest {
    private static final String NONCE = "double-nonce";

    private final String realm;
    private final Map<String, String> passwords;

    DoubleDigest(String realm, Map<String, String> passwords) {
        this.realm = realm;
        this.passwords = Map.copyOf(passwords);
    }

    SipResponse challenge(SipRequest request, int status) {
        String name = status == 407 ? "Proxy-Authenticate" : "WWW-Authenticate";
        SipResponse plain =
                EdgeDouble.answer(request, status, status == 407 ? "Proxy Authentication Required" : "Unauthorized");
        SipHeaders headers = plain.headers();
        for (String algorithm : List.of("SHA-256", "MD5")) {
            headers = headers.plus(
                    name,
                    "Digest realm=\"" + realm + "\",nonce=\"" + NONCE + "\",algorithm=" + algorithm + ",qop=\"auth\"");
        }
        return plain.with(headers);
    }

    boolean proven(SipRequest request, String header) {
        DigestAnswer expected = expected(request, header);
        String value = request.headers().find(header);
        return expected != null
                && value != null
                && expected.response()
                        .equals(AuthParams.parse(value.substring("Digest ".length()))
                                .find("response"));
    }

    String info(SipRequest request) {
        DigestAnswer expected = expected(request, "Authorization");
        return "qop=auth,rspauth=\"" + (expected == null ? "" : expected.rspauth(new byte[0])) + "\"";
    }

    private @Nullable DigestAnswer expected(SipRequest request, String header) {
        String value = request.headers().find(header);
        if (value == null) {
            return null;
        }
        AuthParams params = AuthParams.parse(value.substring("Digest ".length()));
        String user = params.find("username");
        String password = user == null ? null : passwords.get(user);
        String nc = params.find("nc");
        String cnonce = params.find("cnonce");
        String uri = params.find("uri");
        if (user == null || password == null || nc == null || cnonce == null || uri == null) {
            return null;
        }
        Challenge challenge = new Challenge(realm, NONCE, null, params.find("algorithm"), List.of("auth"), false);
        DigestAlgorithm algorithm = challenge.algorithm();
        return algorithm == null
                ? null
                : new DigestAnswer(
                        challenge,
                        algorithm,
                        Qop.AUTH,
                        Credentials.of(user, password),
                        new DigestSession(NONCE, cnonce),
                        DigestRequest.of(request.method(), uri),
                        Integer.parseInt(nc, 16),
                        cnonce);
    }
}
