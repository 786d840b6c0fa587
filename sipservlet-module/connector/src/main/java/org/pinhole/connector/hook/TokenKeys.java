package org.pinhole.connector.hook;

import java.io.File;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.spi.FlowTokenKey;
import org.pinhole.api.spi.FlowTokenKeys;
import org.pinhole.bridge.DeploymentRefused;
import org.pinhole.connector.file.FileFault;
import org.pinhole.connector.flow.FlowTokenKeyFile;

/**
 * The keys of the container's flow tokens: one set for all applications, because a token says nothing of whose connector it
 * belongs to. They are there once a connector has been opened, and nobody has a token before. Opening is guarded by the caller.
 */
final class TokenKeys implements FlowTokenKeys {
    private final FileUpkeep upkeep;
    private final ClassLoader providers;
    private volatile @Nullable FlowTokenKeys keys;
    private @Nullable String place;

    TokenKeys(FileUpkeep upkeep) {
        this(upkeep, TokenKeys.class.getClassLoader());
    }

    /** @param providers where keys may be that are plugged in */
    TokenKeys(FileUpkeep upkeep, ClassLoader providers) {
        this.upkeep = upkeep;
        this.providers = providers;
    }

    /**
     * Opens what an application's settings name.
     *
     * @throws DeploymentRefused when it cannot be used, or another application has named another
     */
    void open(String application, Map<String, String> settings, Instant now) {
        String file = value(settings, Parameter.FLOW_TOKEN_KEYS_FILE);
        String hours = value(settings, Parameter.FLOW_TOKEN_ROTATION_HOURS);
        String asked = file + " with " + Parameter.FLOW_TOKEN_ROTATION_HOURS.key() + "=" + hours;
        if (place == null) {
            FlowTokenKeys plugged = plugged(application);
            keys = plugged == null ? file(application, new File(file), Long.parseLong(hours), now) : plugged;
            place = asked;
        } else if (!asked.equals(place)) {
            throw new DeploymentRefused(application + ": " + FlowTokenKeyFile.PARAMETER + "=" + asked
                    + ": the container's flow tokens have one set of keys, and another application has them in " + place
                    + "; give both the same, or leave it out");
        }
    }

    private static String value(Map<String, String> settings, Parameter parameter) {
        return settings.getOrDefault(parameter.key(), parameter.defaultValue());
    }

    /** Of which a fault is better known now than by each connection that comes. */
    private @Nullable FlowTokenKeys plugged(String application) {
        Iterator<FlowTokenKeys> found =
                ServiceLoader.load(FlowTokenKeys.class, providers).iterator();
        FlowTokenKeys plugged = found.hasNext() ? found.next() : null;
        if (plugged != null && (plugged.keys().isEmpty() || plugged.node().length != NODE_LENGTH)) {
            throw new DeploymentRefused(application + ": " + plugged.getClass().getName()
                    + " has no key of flow tokens, or a node's name that has not " + NODE_LENGTH
                    + " octets; mend it, or take it away");
        }
        return plugged;
    }

    private FlowTokenKeys file(String application, File file, long rotationHours, Instant now) {
        try {
            FlowTokenKeyFile opened =
                    new FlowTokenKeyFile(file, Duration.ofHours(rotationHours), new SecureRandom(), now);
            upkeep.watch(FlowTokenKeyFile.PARAMETER, opened::refresh);
            return opened;
        } catch (FileFault fault) {
            throw new DeploymentRefused(application + ": " + fault.getMessage());
        }
    }

    /** The last connector has closed: the next may name another file. What was made with these keys is known until then. */
    void close() {
        upkeep.forget(FlowTokenKeyFile.PARAMETER);
        place = null;
    }

    @Override
    public byte[] node() {
        FlowTokenKeys present = keys;
        return present == null ? new byte[NODE_LENGTH] : present.node();
    }

    @Override
    public List<FlowTokenKey> keys() {
        FlowTokenKeys present = keys;
        return present == null ? Collections.emptyList() : present.keys();
    }
}
