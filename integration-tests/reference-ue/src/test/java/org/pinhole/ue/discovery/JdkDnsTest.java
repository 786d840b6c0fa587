package org.pinhole.ue.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.tunnel.HostPort;

class JdkDnsTest {
    private static final int SRV = 33;
    private static final int NAPTR = 35;

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] data(Writer writer) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        writer.write(new DataOutputStream(octets));
        return octets.toByteArray();
    }

    private static void name(DataOutputStream out, String name) throws IOException {
        for (String label : name.split("\\.", -1)) {
            text(out, label);
        }
        out.writeByte(0);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        out.writeByte(text.length());
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aDomainsEdgesAreFoundOnTheWire() throws IOException {
        byte[] naptr = data(out -> {
            out.writeShort(10);
            out.writeShort(50);
            text(out, "s");
            text(out, "SIPS+D2T");
            text(out, "");
            name(out, "_sips._tcp.web.example.com");
        });
        byte[] srv = data(out -> {
            out.writeShort(1);
            out.writeShort(0);
            out.writeShort(443);
            name(out, "edge.example.com");
        });
        try (DnsDouble server = new DnsDouble(
                Map.of("example.com. " + NAPTR, List.of(naptr), "_sips._tcp.web.example.com. " + SRV, List.of(srv)))) {
            Discovery discovery = new Discovery(JdkDns.at(server.address()), new Random(1));

            assertThat(discovery.edges("example.com")).containsExactly(new HostPort("edge.example.com", 443));
            assertThat(discovery.edges("elsewhere.test")).isEmpty();
        }
    }
}
