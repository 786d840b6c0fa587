package org.pinhole.connector.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslContext;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.connector.LogLines;

/** Which certificate a ClientHello gets, and what becomes of that when the files change. */
@SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
class ServerTlsTest {
    private static final int ECDSA = 0x0403;
    private static final int RSA = 0x0804;

    private final Date now = TestCertificates.NOW;

    @TempDir
    File folder;

    @Test
    @Tag("P-2")
    void theCertificateIsChosenByExactNameThenWildcardThenTheFirst() throws Exception {
        Choice tls = open(
                TestCertificates.write(folder, "a", TestCertificates.ec(), "a.example.com"),
                TestCertificates.write(folder, "wild", TestCertificates.ec(), "*.example.com"),
                TestCertificates.write(folder, "b", TestCertificates.ec(), "b.example.com"));
        SslContext first = tls.choose(null);

        assertThat(tls.choose(hello("A.example.com:443", ECDSA))).isSameAs(first);
        assertThat(tls.choose(hello("unknown.example.org", ECDSA))).isSameAs(first);
        assertThat(tls.choose(hello("my_phone", ECDSA))).isSameAs(first);
        assertThat(tls.choose(hello(null, ECDSA))).isSameAs(first);
        SslContext wild = tls.choose(hello("c.example.com", ECDSA));
        assertThat(wild).isNotSameAs(first);
        assertThat(tls.choose(hello("b.example.com.", ECDSA)))
                .isNotSameAs(first)
                .isNotSameAs(wild);
        assertThat(tls.choose(hello("x.c.example.com", ECDSA))).isSameAs(first);
    }

    @Test
    void rsaAndEcForOneNameAreChosenByWhatTheClientCanVerify() throws Exception {
        Choice tls = open(
                TestCertificates.write(folder, "rsa", TestCertificates.rsa(), "a.example.com"),
                TestCertificates.write(folder, "ec", TestCertificates.ec(), "a.example.com"));
        SslContext rsa = tls.choose(hello("a.example.com", RSA));

        assertThat(tls.choose(hello("a.example.com", ECDSA))).isNotSameAs(rsa);
        assertThat(tls.choose(hello("a.example.com", RSA, ECDSA))).isNotSameAs(rsa);
        assertThat(tls.choose(hello("unknown", RSA))).isSameAs(rsa);
        assertThat(tls.choose(null)).isSameAs(rsa);
    }

    @Test
    void aHelloThatIsCutAnywhereStillGetsACertificate() throws Exception {
        Choice tls = open(TestCertificates.write(folder, "a", TestCertificates.ec(), "a.example.com"));
        ByteBuf whole = bytes("a.example.com", ECDSA);

        for (int length = 0; length <= whole.readableBytes(); length++) {
            assertThat(tls.choose(ClientHello.read(whole.slice(0, length)))).isNotNull();
        }
    }

    @Test
    void aFolderIsReadByPairsOfNamesAndCertbotsSubfolders() throws Exception {
        TestCertificates.write(folder, "b", TestCertificates.ec(), "b.example.com");
        TestCertificates.write(folder, "c", TestCertificates.ec(), "c.example.com");
        IdentityFiles live =
                TestCertificates.write(new File(folder, "live"), "x", TestCertificates.ec(), "d.example.com");
        Files.move(live.certificate().toPath(), new File(folder, "live/fullchain.pem").toPath());
        Files.move(live.key().toPath(), new File(folder, "live/privkey.pem").toPath());
        Files.write(new File(folder, "README.pem").toPath(), new byte[0]);

        Choice tls = open(CertificatePlaces.of(Collections.singletonList(folder), Collections.emptyList()));

        assertThat(tls.choose(hello("b.example.com", ECDSA))).isSameAs(tls.choose(null));
        assertThat(tls.choose(hello("c.example.com", ECDSA))).isNotSameAs(tls.choose(null));
        assertThat(tls.choose(hello("d.example.com", ECDSA))).isNotSameAs(tls.choose(null));
        assertThatThrownBy(() -> open(CertificatePlaces.of(
                        Collections.singletonList(new File(folder, "live")), Collections.singletonList(folder))))
                .hasMessageContaining("leave this one empty");
    }

    @Test
    void aNewPairComesIntoForceWhenItStandsStillAndABrokenOneDoesNot() throws Exception {
        IdentityFiles files = TestCertificates.write(folder, "a", TestCertificates.ec(), "a.example.com");
        Choice tls = open(files);
        SslContext old = tls.choose(null);

        tls.refresh(now);
        assertThat(tls.choose(null)).isSameAs(old);
        TestCertificates.write(files.certificate(), "half a file");
        refreshTwice(tls);
        assertThat(tls.choose(null)).isSameAs(old);
        TestCertificates.write(folder, "a", TestCertificates.rsa(), "a.example.com");
        tls.refresh(now);
        assertThat(tls.choose(null)).isSameAs(old);
        tls.refresh(now);
        assertThat(tls.choose(null)).isNotSameAs(old);
    }

    @Test
    void aSymbolicLinkThatIsSwappedIsAChange() throws Exception {
        TestCertificates.write(new File(folder, "v1"), "tls", TestCertificates.ec(), "a.example.com");
        TestCertificates.write(new File(folder, "v2"), "tls", TestCertificates.ec(), "a.example.com");
        Path link = Files.createSymbolicLink(
                folder.toPath().resolve("current"), folder.toPath().resolve("v1"));
        Choice tls = open(new IdentityFiles(
                link.resolve("tls.crt").toFile(), link.resolve("tls.key").toFile()));
        SslContext old = tls.choose(null);

        Files.delete(link);
        refreshTwice(tls);
        assertThat(tls.choose(null)).isSameAs(old);
        Files.createSymbolicLink(link, folder.toPath().resolve("v2"));
        refreshTwice(tls);
        assertThat(tls.choose(null)).isNotSameAs(old);
    }

    @Test
    void aNameThatNobodyRenewsAnyMoreIsLeftOutAndSaidSoAndKeepsNoOtherOut() throws Exception {
        Date yesterday = new Date(now.getTime() - TestCertificates.DAY);
        IdentityFiles lapsed = TestCertificates.write(folder, "a", TestCertificates.ec(), yesterday, "a.example.com");
        IdentityFiles renewed = TestCertificates.write(folder, "b", TestCertificates.ec(), "b.example.com");
        try (LogLines log = LogLines.follow()) {
            Choice tls = open(lapsed, renewed);
            SslContext old = tls.choose(hello("b.example.com", ECDSA));
            assertThat(tls.choose(hello("a.example.com", ECDSA))).isSameAs(old); // now the first
            assertThat(log.with("a.crt: expired on"))
                    .singleElement()
                    .asString()
                    .contains("WARN", "left out", "an unknown one, are shown ", "b.crt now");

            TestCertificates.write(folder, "b", TestCertificates.ec(), "b.example.com");
            refreshTwice(tls);
            assertThat(tls.choose(hello("b.example.com", ECDSA))).isNotSameAs(old);
            assertThat(log.with("a.crt: expired on")).hasSize(2);

            TestCertificates.write(folder, "a", TestCertificates.ec(), "a.example.com");
            refreshTwice(tls);
            assertThat(tls.choose(hello("a.example.com", ECDSA)))
                    .isNotSameAs(tls.choose(hello("b.example.com", ECDSA)));
            assertThat(log.with("a.crt: expired on")).hasSize(2);
        }
    }

    @Test
    void onePairOfAFolderThatIsBrokenKeepsNoOtherOut() throws Exception {
        IdentityFiles stray = TestCertificates.write(folder, "a", TestCertificates.ec(), "a.example.com");
        TestCertificates.write(stray.key(), "no key at all");
        TestCertificates.write(folder, "b", TestCertificates.ec(), "b.example.com");
        TestCertificates.write(folder, "c", TestCertificates.ec(), "c.example.com");
        try (LogLines log = LogLines.follow()) {
            Choice tls = open(CertificatePlaces.of(Collections.singletonList(folder), Collections.emptyList()));
            SslContext first = tls.choose(null);
            SslContext third = tls.choose(hello("c.example.com", ECDSA));
            assertThat(first)
                    .isSameAs(tls.choose(hello("b.example.com", ECDSA)))
                    .isNotSameAs(third);
            assertThat(log.with("a.key")).singleElement().asString().contains("WARN", "left out", "b.crt now");

            TestCertificates.write(new File(folder, "b.crt"), "half a file");
            TestCertificates.write(folder, "c", TestCertificates.ec(), "c.example.com");
            refreshTwice(tls);
            assertThat(tls.choose(hello("c.example.com", ECDSA)))
                    .isNotSameAs(third)
                    .isNotSameAs(tls.choose(hello("b.example.com", ECDSA)));
            assertThat(log.with("b.crt")).last().asString().contains("WARN", "stays so");
            assertThat(log.with("a.key")).hasSize(2);

            tls.refresh(new Date(now.getTime() + TestCertificates.DAY));
            assertThat(log.with("a.key")).hasSize(3);
        }
    }

    /** Whoever names it means it. */
    @Test
    void aPairThatIsNamedHasToBeRight() throws Exception {
        IdentityFiles right = TestCertificates.write(folder, "a", TestCertificates.ec(), "a.example.com");
        IdentityFiles wrong = TestCertificates.write(folder, "b", TestCertificates.ec(), "b.example.com");
        TestCertificates.write(wrong.key(), "no key at all");

        assertThatThrownBy(() -> open(right, wrong))
                .isInstanceOf(TlsFault.class)
                .hasMessageContaining("b.key");
    }

    @Test
    void whereAllHaveExpiredNothingIsOpenedAndWhatWasInForceStays() throws Exception {
        Date yesterday = new Date(now.getTime() - TestCertificates.DAY);
        IdentityFiles one = TestCertificates.write(folder, "a", TestCertificates.ec(), yesterday, "a.example.com");
        IdentityFiles other = TestCertificates.write(folder, "b", TestCertificates.ec(), yesterday, "b.example.com");
        assertThatThrownBy(() -> open(one, other))
                .isInstanceOf(TlsFault.class)
                .hasMessageContaining("a.crt: expired on")
                .hasMessageContaining("b.crt: expired on");

        Choice tls = open(TestCertificates.write(folder, "a", TestCertificates.ec(), "a.example.com"), other);
        SslContext inForce = tls.choose(null);
        TestCertificates.write(folder, "a", TestCertificates.ec(), yesterday, "a.example.com");
        refreshTwice(tls);
        assertThat(tls.choose(null)).isSameAs(inForce);
    }

    @Test
    void expiryIsSaidOnceADayFromAMonthBefore() throws Exception {
        ExpiryNotice notice = new ExpiryNotice();
        ServerIdentity identity =
                ServerIdentity.read(TestCertificates.write(folder, "a", TestCertificates.ec(), "a.example.com"), null);
        long end = identity.certificate().getNotAfter().getTime();

        assertThat(notice.dueLine(identity, at(end, 31))).isNull();
        assertThat(notice.dueLine(identity, at(end, 30))).contains("a.crt", "expires in 30 days");
        assertThat(notice.dueLine(identity, new Date(at(end, 30).getTime() + 1000)))
                .isNull();
        assertThat(notice.dueLine(identity, at(end, 7))).contains("EXPIRES in 7 days");
        assertThat(notice.dueLine(identity, at(end, -1))).contains("HAS EXPIRED");
    }

    @Test
    @Tag("trap-14")
    void sessionsBelongToTheNamesThatAreServedAndToTheClientsThatAreAskedFor() throws Exception {
        ServerIdentity one = identity("a", "a.example.com");
        ServerIdentity renewed = identity("a2", "a.example.com");
        ServerIdentity other = identity("b", "b.example.com");
        ClientTrust asking = ClientTrust.asked(true, one.file());

        byte[] domain = SessionDomain.of(one, ClientTrust.NONE, ClientTrust.NONE.authorities());
        assertThat(domain).hasSize(32);
        assertThat(SessionDomain.of(renewed, ClientTrust.NONE, ClientTrust.NONE.authorities()))
                .isEqualTo(domain);
        assertThat(SessionDomain.of(other, ClientTrust.NONE, ClientTrust.NONE.authorities()))
                .isNotEqualTo(domain);
        assertThat(SessionDomain.of(one, asking, asking.authorities())).isNotEqualTo(domain);
        assertThat(SessionDomain.of(
                        one, asking, ClientTrust.asked(true, other.file()).authorities()))
                .isNotEqualTo(SessionDomain.of(one, asking, asking.authorities()));
    }

    private ServerIdentity identity(String file, String name) throws Exception {
        return ServerIdentity.read(TestCertificates.write(folder, file, TestCertificates.ec(), name), null);
    }

    private static Date at(long end, int daysBefore) {
        return new Date(end - daysBefore * TestCertificates.DAY);
    }

    private void refreshTwice(Choice tls) {
        tls.refresh(now);
        tls.refresh(now);
    }

    private Choice open(IdentityFiles... files) throws TlsFault {
        return open(when -> Arrays.asList(files));
    }

    private Choice open(CertificateSource source) throws TlsFault {
        File keys = new File(folder, "ticket.keys");
        TicketKeyFile tickets = new TicketKeyFile(keys, Duration.ofHours(12), new SecureRandom());
        return new Choice(
                ServerTls.open(new TlsFiles(source, null, Collections.singleton(ClientTrust.NONE), tickets), now));
    }

    private static ClientHello hello(@Nullable String name, int... signatureAlgorithms) {
        return ClientHello.read(bytes(name, signatureAlgorithms));
    }

    /** The body of a TLS 1.3 ClientHello with these extensions. */
    private static ByteBuf bytes(@Nullable String name, int... signatureAlgorithms) {
        ByteBuf extensions = Unpooled.buffer();
        if (name != null) {
            byte[] host = name.getBytes(StandardCharsets.US_ASCII);
            extensions.writeShort(0).writeShort(host.length + 5).writeShort(host.length + 3);
            extensions.writeByte(0).writeShort(host.length).writeBytes(host);
        }
        int length = 2 * signatureAlgorithms.length;
        extensions.writeShort(13).writeShort(length + 2).writeShort(length);
        for (int algorithm : signatureAlgorithms) {
            extensions.writeShort(algorithm);
        }
        extensions.writeShort(43).writeShort(3).writeByte(2).writeShort(0x0304);
        ByteBuf hello = Unpooled.buffer().writeShort(0x0303).writeZero(32).writeByte(0);
        hello.writeShort(2).writeShort(0x1301).writeByte(1).writeByte(0);
        return hello.writeShort(extensions.readableBytes()).writeBytes(extensions);
    }

    /** The TLS side of an application whose one connector asks nobody. */
    private static final class Choice {
        private final ServerTls application;
        private final ConnectorTls connector;

        Choice(ServerTls application) {
            this.application = application;
            this.connector = application.asking(ClientTrust.NONE);
        }

        SslContext choose(@Nullable ClientHello hello) {
            return connector.choose(hello);
        }

        void refresh(Date when) {
            application.refresh(when);
        }
    }
}
