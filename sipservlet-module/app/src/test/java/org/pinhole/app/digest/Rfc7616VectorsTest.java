package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.app.digest.DigestAlgorithm.MD5;
import static org.pinhole.app.digest.DigestAlgorithm.SHA_256;
import static org.pinhole.app.digest.DigestAlgorithm.SHA_512_256;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D-2")
class Rfc7616VectorsTest {
    private static final DigestCredentials MUFASA = DigestCredentials.parse(
            "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\","
                    + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001,"
                    + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth,"
                    + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");

    private static final DigestSubject GET = new DigestSubject(
            "GET",
            () -> "/dir/index.html",
            host -> false,
            () -> new byte[0],
            "",
            Source.of(InetSocketAddress.createUnresolved("", 0)));

    @Test
    void md5OfSection391() {
        String ha1 = DigestCalculation.ha1(MD5, "Mufasa", "http-auth@example.org", "Circle of Life");

        assertThat(DigestCalculation.response(MD5, ha1, GET, MUFASA)).isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
    }

    @Test
    void sha256OfSection391() {
        String ha1 = DigestCalculation.ha1(SHA_256, "Mufasa", "http-auth@example.org", "Circle of Life");

        assertThat(DigestCalculation.response(SHA_256, ha1, GET, MUFASA))
                .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    /** The RFC prints another hash here, which is half of a SHA-512 (its erratum 4897 says so). */
    @Test
    void sha512256OfSection392AsItsErratumCorrectsIt() {
        DigestCredentials doe =
                DigestCredentials.parse("Digest realm=\"api@example.org\", uri=\"/doe.json\", algorithm=SHA-512-256,"
                        + " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", nc=00000001,"
                        + " cnonce=\"NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v\", qop=auth");
        String ha1 = DigestCalculation.ha1(SHA_512_256, "J\u00e4s\u00f8n Doe", "api@example.org", "Secret, or not?");

        assertThat(DigestCalculation.response(SHA_512_256, ha1, GET, doe))
                .isEqualTo("3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5");
    }

    /** The RFC prints half of a SHA-512 as the user's hash, too. */
    @Test
    @Tag("D-11")
    void theUserhashOfSection392AsItsErratumCorrectsItIsThatOfTheNameInClear() {
        DigestCredentials hashed = DigestCredentials.parse("Digest"
                + " username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\","
                + " realm=\"api@example.org\", userhash=true");
        DigestCredentials clear = DigestCredentials.parse(
                "Digest username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, realm=\"api@example.org\"," + " userhash=false");

        assertThat(SHA_512_256.hash(clear.username() + ":" + clear.realm())).isEqualTo(hashed.username());
        assertThat(hashed.userhash()).isTrue();
        assertThat(clear.userhash()).isFalse();
    }

    @Test
    @Tag("trap-13")
    void sha512256HasItsOwnInitialValues() { // FIPS 180-4, the example "abc"
        assertThat(SHA_512_256.hash("abc"))
                .isEqualTo("53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23");
    }
}
