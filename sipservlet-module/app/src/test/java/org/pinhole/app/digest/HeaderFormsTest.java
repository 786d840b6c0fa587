package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.app.chain.SipFormatException;

/** One set of credentials in every form that clients and proxies on the way have been seen to give it. */
class HeaderFormsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // as the RFC has it
                "Digest username=\"a, b\",realm=\"r\",nonce=\"n\",uri=\"sip:h;x=1,2\",response=\"ab\",algorithm=MD5,"
                        + "cnonce=\"c\",qop=auth,nc=00000001",
                // case of scheme, names and tokens
                "DIGEST UserName=\"a, b\", REALM=\"r\", Nonce=\"n\", URI=\"sip:h;x=1,2\", Response=\"ab\","
                        + " Algorithm=md5, CNonce=\"c\", QOP=AUTH, NC=00000001",
                // quotes where none belong, none where they do
                "Digest username=\"a, b\", realm=r, nonce=n, uri=\"sip:h;x=1,2\", response=ab, algorithm=\"MD5\","
                        + " cnonce=c, qop=\"auth\", nc=\"00000001\"",
                // blanks and tabs around everything
                "  Digest \t username = \"a, b\" ,\trealm= \"r\" , nonce =\"n\", uri=\"sip:h;x=1,2\" ,response=\"ab\","
                        + " algorithm=MD5 , cnonce=\"c\", qop=auth , nc=00000001  ",
                // folded lines, between parameters and within a quoted one
                "Digest username=\"a,\r\n b\",\r\n\trealm=\"r\",\r\n nonce=\"n\", uri=\"sip:h;x=1,2\",\n response=\"ab\","
                        + " algorithm=MD5, cnonce=\"c\", qop=auth, nc=00000001",
                // escapes
                "Digest username=\"\\a, b\", realm=\"\\r\", nonce=\"n\", uri=\"sip:h;x=1,2\", response=\"ab\","
                        + " algorithm=MD5, cnonce=\"c\", qop=auth, nc=00000001",
                // empty elements, another order, parameters that nobody knows
                "Digest nc=00000001,, qop=auth, x=\"y,z\", cnonce=\"c\", algorithm=MD5, response=\"ab\", opaque=\"\","
                        + " uri=\"sip:h;x=1,2\", nonce=\"n\", realm=\"r\", username=\"a, b\",",
                // no algorithm is MD5; the name as RFC 5987 writes it
                "Digest username*=UTF-8''a%2C%20b, realm=\"r\", nonce=\"n\", uri=\"sip:h;x=1,2\", response=\"ab\","
                        + " cnonce=\"c\", qop=auth, nc=00000001",
            })
    @Tag("trap-13")
    void sayTheSame(String header) {
        DigestCredentials credentials = DigestCredentials.parse(header);

        assertThat(credentials.username()).isEqualTo("a, b");
        assertThat(credentials.realm()).isEqualTo("r");
        assertThat(credentials.nonce()).isEqualTo("n");
        assertThat(credentials.uri()).isEqualTo("sip:h;x=1,2");
        assertThat(credentials.response()).isEqualTo("ab");
        assertThat(DigestAlgorithm.find(credentials.algorithm())).isEqualTo(DigestAlgorithm.MD5);
        assertThat(credentials.cnonce()).isEqualTo("c");
        assertThat(credentials.qop()).isEqualTo(Qop.AUTH);
        assertThat(credentials.nonceCount()).isEqualTo(1);
        assertThat(credentials.userhash()).isFalse();
    }

    @Test
    void aNameBeyondAsciiIsUnderstood() {
        DigestCredentials credentials = DigestCredentials.parse("Digest username*=utf-8'no'J%C3%A4s%C3%B8n%20Doe");

        assertThat(credentials.username()).isEqualTo("J\u00e4s\u00f8n Doe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Digest username=\"a\", username*=UTF-8''a",
                "Digest username*=UTF-8''a, userhash=true",
                "Digest username*=ISO-8859-1''a",
                "Digest username*=UTF-8''a%2",
                "Digest username*=UTF-8''a%C3",
                "Digest username*=UTF-8''a%00",
                "Digest username*=UTF-8''\u00e4",
                "Digest username=\"a\u0000b\"",
                "Digest username=\"a\rb\"",
                "Digest username=\"a\nVia: b\"",
                "Digest user name=\"a\"",
                "Digest a=1, Digest b=2",
                "Digest ,",
            })
    void areRefusedWhereTheyContradictThemselves(String header) {
        assertThatThrownBy(() -> DigestCredentials.parse(header)).isInstanceOf(SipFormatException.class);
    }

    @Test
    void anEndlessNameIsRefused() {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 257; i++) {
            name.append('a');
        }

        assertThatThrownBy(() -> DigestCredentials.parse("Digest username=\"" + name + "\""))
                .isInstanceOf(SipFormatException.class);
    }
}
