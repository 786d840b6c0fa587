package org.pinhole.connector.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.api.spi.FlowTokenKey;
import org.pinhole.api.spi.FlowTokenKeys;
import org.pinhole.bridge.DeploymentRefused;
import org.pinhole.connector.flow.ConnectionId;
import org.pinhole.connector.flow.FlowTokenCodec;
import org.pinhole.connector.flow.TokenVerdict;

/** Keys of flow tokens that are somebody else's. */
class TokenKeysTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @TempDir
    File folder;

    @Test
    @Tag("O-5")
    void keysThatArePluggedInMakeTheTokensAndNoFileIsMade() throws Exception {
        TokenKeys keys = with(Plugged.class);

        keys.open("app", settings(), NOW);
        String token = new FlowTokenCodec(keys)
                .encode(ConnectionId.random(new SecureRandom()))
                .text();

        assertThat(new FlowTokenCodec(new Plugged()).decode(token).kind()).isEqualTo(TokenVerdict.Kind.GENUINE);
        assertThat(keysFile()).doesNotExist();
    }

    @Test
    void oneWithoutAnyIsToldToTheOperatorAndNotToEachPhone() throws Exception {
        TokenKeys keys = with(Empty.class);

        assertThatThrownBy(() -> keys.open("app", settings(), NOW))
                .isInstanceOf(DeploymentRefused.class)
                .hasMessageContaining("app: " + Empty.class.getName() + " has no key of flow tokens");
    }

    @Test
    void withoutAnyThereIsTheFile() throws IOException {
        TokenKeys keys = new TokenKeys(
                new FileUpkeep(), new URLClassLoader(new URL[0], getClass().getClassLoader()));

        keys.open("app", settings(), NOW);

        keys.close();
        assertThat(keysFile()).exists();
    }

    private File keysFile() {
        return new File(folder, "flow-token.keys");
    }

    private Map<String, String> settings() {
        return Collections.singletonMap(
                Parameter.FLOW_TOKEN_KEYS_FILE.key(), keysFile().getPath());
    }

    private TokenKeys with(Class<?> provider) throws IOException {
        Path services = Files.createDirectories(folder.toPath().resolve("META-INF/services"));
        Files.write(
                services.resolve(FlowTokenKeys.class.getName()),
                provider.getName().getBytes(StandardCharsets.UTF_8));
        URL[] places = {folder.toURI().toURL()};
        return new TokenKeys(
                new FileUpkeep(), new URLClassLoader(places, getClass().getClassLoader()));
    }

    /** One key, which every node of a fleet would have. */
    public static final class Plugged implements FlowTokenKeys {
        @Override
        public byte[] node() {
            return new byte[NODE_LENGTH];
        }

        @Override
        public List<FlowTokenKey> keys() {
            return Collections.singletonList(new FlowTokenKey(7, new byte[32]));
        }
    }

    /** What a provider is before it has found its keys. */
    public static final class Empty implements FlowTokenKeys {
        @Override
        public byte[] node() {
            return new byte[NODE_LENGTH];
        }

        @Override
        public List<FlowTokenKey> keys() {
            return Collections.emptyList();
        }
    }
}
