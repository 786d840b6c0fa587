package org.pinhole.connector.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.NotSslRecordException;

/** Whatever a stranger says first, a certificate is chosen for it. */
class ClientHelloFuzzTest {
    /** However the records come, they are taken for the same. */
    @FuzzTest(maxDuration = "5m")
    void recordsAreReadAlikeInWhateverPiecesTheyCome(byte[] input) {
        ByteBuf all = Unpooled.wrappedBuffer(input);
        String atOnce = found(new HelloRecords(300), all);

        HelloRecords dripped = new HelloRecords(300);
        String outcome = "nothing";
        for (int end = 0; end <= input.length && outcome.equals("nothing"); end++) {
            outcome = found(dripped, all.slice(0, end));
        }

        if (!outcome.equals(atOnce)) {
            throw new AssertionError(atOnce + " at once, but octet by octet " + outcome);
        }
    }

    private static String found(HelloRecords records, ByteBuf in) {
        try {
            ByteBuf body = records.find(in);
            return body == null ? "nothing" : ByteBufUtil.hexDump(body);
        } catch (NotSslRecordException noHello) {
            return "refused";
        }
    }

    @FuzzTest(maxDuration = "5m")
    void readingIsTotal(byte[] input) {
        ClientHello hello = ClientHello.read(Unpooled.wrappedBuffer(input));

        String host = hello.host();
        if (host != null && host.chars().anyMatch(c -> c < 0x21 || c > 0x7E)) {
            throw new AssertionError("a server name that could break a line");
        }
        KeyKind.RSA.suits(hello);
    }
}
