package org.pinhole.connector.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
class SelfSignedAuthorityTest {
    private static final long DAY = 24L * 60 * 60 * 1000;
    private final Date now = new Date(1_800_000_000_000L);

    @TempDir
    File folder;

    @Test
    @Tag("P-2")
    void aFirstStartMakesACaAndACertificateForTheNamesThatTheTlsEngineAccepts() throws Exception {
        SelfSignedAuthority authority = authority();

        boolean made = authority.ensure(Arrays.asList("edge.pinhole.test", "127.0.0.1"), now);

        ServerIdentity identity =
                ServerIdentity.read(new IdentityFiles(authority.certificateFile(), authority.keyFile()), null);
        X509Certificate ca = PemFiles.certificates(authority.caFile(), "ca")[0];
        assertThat(made).isTrue();
        identity.chain()[0].verify(ca.getPublicKey());
        assertThat(identity.chain()[0].getSubjectAlternativeNames().toString())
                .contains("edge.pinhole.test", "127.0.0.1");
        assertThat(identity.chain()[0].getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(new TlsContexts(TlsContexts.bestProvider(), ClientTrust.NONE, new X509Certificate[0], tickets())
                        .of(identity)
                        .isServer())
                .isTrue();
    }

    @Test
    void keysAreReadableByTheirOwnerOnly() throws Exception {
        SelfSignedAuthority authority = authority();
        authority.ensure(Collections.singletonList("localhost"), now);

        for (String key : new String[] {"private-key.pem", "ca-key.pem"}) {
            Path file = new File(folder, "conf/" + key).toPath();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aSecondStartUsesWhatIsThereAndOtherNamesOrALateDateRenewTheCertificateUnderTheSameCa() throws Exception {
        SelfSignedAuthority authority = authority();
        authority.ensure(Collections.singletonList("localhost"), now);
        byte[] ca = Files.readAllBytes(authority.caFile().toPath());

        assertThat(authority.ensure(Collections.singletonList("localhost"), now))
                .isFalse();
        assertThat(authority.ensure(Collections.singletonList("edge.test"), now))
                .isTrue();
        assertThat(authority.ensure(Collections.singletonList("edge.test"), new Date(now.getTime() + 380 * DAY)))
                .isTrue();
        assertThat(Files.readAllBytes(authority.caFile().toPath())).isEqualTo(ca);
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefusedWithBothFilesNamed() throws Exception {
        SelfSignedAuthority one = authority();
        SelfSignedAuthority other = new SelfSignedAuthority(new File(folder, "other"), new SecureRandom());
        one.ensure(Collections.singletonList("localhost"), now);
        other.ensure(Collections.singletonList("localhost"), now);

        assertThatThrownBy(() -> ServerIdentity.read(new IdentityFiles(one.certificateFile(), other.keyFile()), null))
                .isInstanceOf(TlsFault.class)
                .hasMessageContaining(one.certificateFile().getPath())
                .hasMessageContaining(other.keyFile().getPath());
    }

    @Test
    void filesThatAreMissingOrNoPemAreRefusedByName() throws Exception {
        SelfSignedAuthority authority = authority();
        authority.ensure(Collections.singletonList("localhost"), now);
        File absent = new File(folder, "absent.pem");
        File noise = new File(folder, "noise.pem");
        write(noise, "-----BEGIN CERTIFICATE-----\nnoise\n-----END CERTIFICATE-----\n");

        assertRefused(absent, authority.keyFile(), "no such file");
        assertRefused(noise, authority.keyFile(), "noise.pem");
        assertRefused(authority.keyFile(), authority.keyFile(), "no certificate in it");
        assertRefused(authority.certificateFile(), authority.certificateFile(), "no private key in it");
    }

    private static void assertRefused(File certificate, File key, String expected) {
        assertThatThrownBy(() -> ServerIdentity.read(new IdentityFiles(certificate, key), null))
                .isInstanceOf(TlsFault.class)
                .hasMessageContaining(expected);
    }

    private TicketKeys tickets() {
        return TicketKeys.fresh(now.toInstant(), new SecureRandom());
    }

    private SelfSignedAuthority authority() {
        return new SelfSignedAuthority(new File(folder, "conf"), new SecureRandom());
    }

    private static void write(File file, String text) throws IOException {
        Files.write(file.toPath(), text.getBytes(StandardCharsets.US_ASCII));
    }
}
