package org.pinhole.app;

import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialStoreProvider;
import org.pinhole.app.credentials.FileCredentialStore;
import org.pinhole.app.credentials.JdbcCredentialStore;
import org.pinhole.app.credentials.JdbcQuery;
import org.pinhole.app.credentials.StoresInOrder;

/** The credential stores in use, one per location: files and data bases are built in, other schemes come through the SPI. */
final class CredentialStores implements AutoCloseable {
    private static final String FILE = "file:";
    private static final String JDBC = "jdbc:";

    private final LongSupplier clockMillis;
    private final Map<String, CredentialStore> byLocation = new ConcurrentHashMap<>();

    CredentialStores(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
    }

    /**
     * The stores at these locations, each opened when it is first asked for.
     *
     * @param query what data bases are asked
     * @throws IllegalArgumentException with a line for the operator, when nothing here serves a scheme
     */
    StoresInOrder require(List<String> locations, JdbcQuery query) {
        List<CredentialStore> stores = new ArrayList<>();
        for (String location : locations) {
            String key = location.startsWith(JDBC) ? location + ' ' + query : location;
            stores.add(byLocation.computeIfAbsent(key, first -> open(location, query)));
        }
        return StoresInOrder.of(stores);
    }

    private CredentialStore open(String location, JdbcQuery query) {
        if (location.startsWith(FILE)) {
            return new FileCredentialStore(Paths.get(location.substring(FILE.length())), clockMillis);
        }
        if (location.startsWith(JDBC)) {
            String name = location.substring(JDBC.length());
            return new JdbcCredentialStore(name, NamedDataSource.require(name), query, clockMillis);
        }
        for (CredentialStoreProvider provider : ServiceLoader.load(CredentialStoreProvider.class)) {
            if (location.startsWith(provider.scheme() + ":")) {
                return provider.open(location);
            }
        }
        int colon = location.indexOf(':');
        throw new IllegalArgumentException("pinhole.credentials=" + location.substring(0, Math.max(colon, 0))
                + ":…: file:, jdbc:, or the scheme of an installed CredentialStoreProvider, expected");
    }

    @Override
    public void close() {
        byLocation.values().forEach(CredentialStore::close);
    }
}
