package org.pinhole.app;

import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialStoreProvider;
import org.pinhole.app.credentials.HashFunction;

/** What an operator might install: {@code plugged:PASSWORD} knows everybody by that password. */
public final class PluggedStoreProvider implements CredentialStoreProvider {
    @Override
    public String scheme() {
        return "plugged";
    }

    @Override
    public CredentialStore open(String location) {
        String password = location.substring("plugged:".length());
        return (user, realm, algorithm) -> {
            HashFunction function = HashFunction.find(algorithm);
            return function == null ? null : function.hash(user + ":" + realm + ":" + password);
        };
    }
}
