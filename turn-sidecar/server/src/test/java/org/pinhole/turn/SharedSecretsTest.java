package org.pinhole.turn;

import static org.pinhole.turn.Operator.assertIsError;
import static org.pinhole.turn.Operator.assertIsSuccess;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMethod;
import org.pinhole.turn.auth.EphemeralUsers;

/** Several secrets of expiring credentials at once. */
class SharedSecretsTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    @RegisterExtension
    final Operator operator = new Operator();

    @Test
    void anOldSharedSecretOpensBesideTheNewOne() throws Exception {
        Path secrets = Files.writeString(operator.folder().resolve("secrets"), "newest\n\n  oldest \n");
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
        LiveServer server = operator.server("--shared-secret-file=" + secrets);
        String name = Instant.now().plus(Duration.ofHours(1)).getEpochSecond() + ":dora";

        for (String secret : List.of("newest", "oldest")) {
            String password =
                    EphemeralUsers.password(EphemeralUsers.Hash.SHA_1, secret.getBytes(StandardCharsets.UTF_8), name);
            assertIsSuccess(operator.tcp(server).ask(name, password, StunMethod.ALLOCATE, UDP));
        }
        String both = EphemeralUsers.password(
                EphemeralUsers.Hash.SHA_1, "newest\n\n  oldest".getBytes(StandardCharsets.UTF_8), name);
        assertIsError(401, operator.tcp(server).ask(name, both, StunMethod.ALLOCATE, UDP));
    }
}
