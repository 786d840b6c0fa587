package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.app.chain.SipFormatException;

class DigestCredentialsTest {
    @Test
    void commasAndQuotesInsideQuotesBelongToTheValue() {
        DigestCredentials credentials =
                DigestCredentials.parse("Digest username=\"a, \\\"b\\\"\", realm=\"x\",uri=\"sip:h;p=1\"");

        assertThat(credentials.username()).isEqualTo("a, \"b\"");
        assertThat(credentials.uri()).isEqualTo("sip:h;p=1");
    }

    @Test
    void schemeAndNamesAreOfAnyCaseAndTheValuesQuotedOrNot() {
        DigestCredentials credentials = DigestCredentials.parse(
                "dIGEST  USERNAME=\"a\",nc=\"0000000A\" , qop=\"auth\", algorithm=\"SHA-256\",Response=abc");

        assertThat(credentials.username()).isEqualTo("a");
        assertThat(credentials.nonceCount()).isEqualTo(10);
        assertThat(credentials.qop()).isEqualTo(Qop.AUTH);
        assertThat(credentials.algorithm()).isEqualTo("SHA-256");
        assertThat(credentials.response()).isEqualTo("abc");
    }

    @Test
    void withoutAnAlgorithmItIsMd5() {
        assertThat(DigestCredentials.parse("Digest username=\"a\"").algorithm()).isEqualTo("MD5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Digest", "Digestx a=b", "Digest ", "Digest a", "Digest =b", "Digest a=\"b", "Digest a=1,a=2"
            })
    void refusesWhatIsMalformed(String header) {
        assertThatThrownBy(() -> DigestCredentials.parse(header)).isInstanceOf(SipFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "00000000", "0000000g", "000000001", "+0000001"})
    void refusesACountThatIsNotEightDigitsAboveZero(String nc) {
        DigestCredentials credentials = DigestCredentials.parse("Digest nc=\"" + nc + "\"");

        assertThatThrownBy(credentials::nonceCount).isInstanceOf(SipFormatException.class);
    }

    @Test
    @Tag("D-5")
    void basicIsNotDigest() {
        assertThat(DigestCredentials.isDigest("Basic YWxpY2U6d29uZGVybGFuZA==")).isFalse();
    }
}
