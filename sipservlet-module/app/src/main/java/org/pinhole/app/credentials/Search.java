package org.pinhole.app.credentials;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialsUnavailableException;

/** One search for a user's H(A1): what was found, and which stores did not have to be asked for it. */
public final class Search {
    private final @Nullable String ha1;
    private final List<CredentialStore> notAsked;
    private final String user;
    private final String realm;
    private final String algorithm;

    Search(@Nullable String ha1, List<CredentialStore> notAsked, String user, String realm, String algorithm) {
        this.ha1 = ha1;
        this.notAsked = notAsked;
        this.user = user;
        this.realm = realm;
        this.algorithm = algorithm;
    }

    /** H(A1), or null when no store knows the user. */
    public @Nullable String ha1() {
        return ha1;
    }

    /**
     * Asks the others all the same, so that a wrong password takes as long as an unknown user does, and ends as that does.
     *
     * @throws CredentialsUnavailableException when one of them cannot say
     */
    public void askTheRest() throws CredentialsUnavailableException {
        for (CredentialStore store : notAsked) {
            StoresInOrder.asked(store, each -> each.findHa1(user, realm, algorithm));
        }
    }

    @Override
    public String toString() {
        return "Search";
    }
}
