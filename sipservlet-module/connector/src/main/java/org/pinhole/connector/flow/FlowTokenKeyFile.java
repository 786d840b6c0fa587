package org.pinhole.connector.flow;

import java.io.File;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.pinhole.api.spi.FlowTokenKey;
import org.pinhole.api.spi.FlowTokenKeys;
import org.pinhole.connector.file.FileFault;
import org.pinhole.connector.file.RotatingKeyFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of flow tokens in a file that only its owner may use, so that tokens are known to be ours after a restart. */
public final class FlowTokenKeyFile implements FlowTokenKeys {
    /** The parameter that names the file. */
    public static final String PARAMETER = "pinhole.flow-token.keys-file";

    private static final Logger LOG = LoggerFactory.getLogger(FlowTokenKeyFile.class);
    private static final RotatingKeyFile.Kind<TokenKeyRing> KIND = new RotatingKeyFile.Kind<>(
            PARAMETER,
            "flow token keys",
            "what is sent to earlier registrations of phones is answered 403 until they register again",
            TokenKeyRing::fresh,
            TokenKeyRing::parse);

    private final RotatingKeyFile<TokenKeyRing> file;
    private final Duration rotation;
    private volatile TokenKeyRing ring;

    /**
     * Reads the file, or makes it.
     *
     * @param rotation after how long a new key is made
     * @throws FileFault when the file is something else, or cannot be read or written
     */
    public FlowTokenKeyFile(File file, Duration rotation, SecureRandom random, Instant now) throws FileFault {
        this.file = new RotatingKeyFile<>(KIND, file, rotation, random);
        this.rotation = rotation;
        this.ring = this.file.current(now);
    }

    /** Makes a new key when it is time. Called now and then, by a thread that may read files. */
    public void refresh(Instant now) {
        if (!ring.isDue(now, rotation)) {
            return;
        }
        try {
            ring = file.current(now);
            LOG.info("flow tokens are made with a new key from now on");
        } catch (FileFault fault) {
            LOG.warn("{}; the present keys go on", fault.getMessage());
        }
    }

    @Override
    public byte[] node() {
        return ring.node();
    }

    @Override
    public List<FlowTokenKey> keys() {
        return ring.keys();
    }
}
