package org.pinhole.app;

import java.nio.file.Paths;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialStoreProvider;
import org.pinhole.app.digest.FileCredentialStore;

/** The credential stores in use, one per location: files are built in, other schemes come through the SPI. */
final class CredentialStores {
    private static final String FILE = "file:";

    private final LongSupplier clockMillis;
    private final Map<String, CredentialStore> byLocation = new ConcurrentHashMap<>();

    CredentialStores(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
    }

    /**
     * The store at that location, opened when it is first asked for.
     *
     * @throws IllegalArgumentException with a line for the operator, when nothing here serves its scheme
     */
    CredentialStore require(String location) {
        return byLocation.computeIfAbsent(location, this::open);
    }

    private CredentialStore open(String location) {
        if (location.startsWith(FILE)) {
            return new FileCredentialStore(Paths.get(location.substring(FILE.length())), clockMillis);
        }
        for (CredentialStoreProvider provider : ServiceLoader.load(CredentialStoreProvider.class)) {
            if (location.startsWith(provider.scheme() + ":")) {
                return provider.open(location);
            }
        }
        int colon = location.indexOf(':');
        throw new IllegalArgumentException("pinhole.credentials=" + location.substring(0, Math.max(colon, 0))
                + ":…: file:, or the scheme of an installed CredentialStoreProvider, expected");
    }
}
