package org.pinhole.app.credentials;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialsUnavailableException;

/**
 * Several stores, asked in order until one knows the user. One that cannot say ends the search: a later one might have
 * another password for the same name. Those after the one that knows are not asked, so users of a file do not notice when
 * the data base behind it is down.
 */
public final class StoresInOrder implements CredentialStore {
    private final List<CredentialStore> stores;

    private StoresInOrder(List<CredentialStore> stores) {
        this.stores = Collections.unmodifiableList(new ArrayList<>(stores));
    }

    /** These, in this order. */
    public static StoresInOrder of(CredentialStore... stores) {
        return of(Arrays.asList(stores));
    }

    /** The same. */
    public static StoresInOrder of(List<CredentialStore> stores) {
        return new StoresInOrder(stores);
    }

    @Override
    public @Nullable String findHa1(String user, String realm, String algorithm)
            throws CredentialsUnavailableException {
        return search(user, realm, algorithm).ha1();
    }

    /** Looks for the user's H(A1), and keeps in mind how far that went. */
    public Search search(String user, String realm, String algorithm) throws CredentialsUnavailableException {
        int asked = 0;
        String ha1 = null;
        while (ha1 == null && asked < stores.size()) {
            ha1 = asked(stores.get(asked++), store -> store.findHa1(user, realm, algorithm));
        }
        return new Search(ha1, stores.subList(asked, stores.size()), user, realm, algorithm);
    }

    @Override
    public @Nullable String findUser(String userhash, String realm, String algorithm)
            throws CredentialsUnavailableException {
        for (CredentialStore store : stores) {
            String user = asked(store, each -> each.findUser(userhash, realm, algorithm));
            if (user != null) {
                return user;
            }
        }
        return null;
    }

    /** What a store says; one that fails in another way than it may cannot say either. */
    static @Nullable String asked(CredentialStore store, Question question) throws CredentialsUnavailableException {
        try {
            return question.to(store);
        } catch (RuntimeException fault) {
            throw new CredentialsUnavailableException(
                    "credential store " + store.getClass().getName() + " failed: " + fault);
        }
    }

    /** What a store is asked. */
    interface Question {
        @Nullable
        String to(CredentialStore store) throws CredentialsUnavailableException;
    }

    @Override
    public void close() {
        stores.forEach(CredentialStore::close);
    }
}
