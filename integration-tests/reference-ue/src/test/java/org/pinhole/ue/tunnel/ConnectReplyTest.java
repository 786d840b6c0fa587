package org.pinhole.ue.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("U-8")
class ConnectReplyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 Connection established\r\n\r\n",
                "HTTP/1.0 200\r\n\r\n",
                "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 299 Fine\n\n"
            })
    void anyTwoHundredIsATunnel(String head) throws TunnelException {
        assertThat(ConnectReply.parse(head).tunnel()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 302 Found\r\n\r\n", "HTTP/1.1 403 Forbidden\r\n\r\n", "HTTP/1.1 502 Bad\r\n\r\n"})
    void anythingElseIsNone(String head) throws TunnelException {
        assertThat(ConnectReply.parse(head).tunnel()).isFalse();
    }

    @Test
    void fieldsAreFoundWithoutCaseAndFoldedLinesJoin() throws TunnelException {
        String head = String.join(
                "\r\n",
                "HTTP/1.1 407 Proxy Authentication Required",
                "proxy-authenticate: Negotiate",
                "Proxy-Authenticate: Basic",
                " realm=\"office\"",
                "\r\n");

        ConnectReply reply = ConnectReply.parse(head);

        assertThat(reply.all("Proxy-Authenticate")).containsExactly("Negotiate", "Basic realm=\"office\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SIP/2.0 200 OK\r\n\r\n", "\r\n\r\n", "HTTP/1.1 2000 Odd\r\n\r\n", "\u0015\u0003\u0001\r\n\r\n"})
    void whatIsNotHttpIsSaidSo(String head) {
        assertThatThrownBy(() -> ConnectReply.parse(head))
                .isInstanceOf(TunnelException.class)
                .hasMessageContaining("is not HTTP");
    }
}
