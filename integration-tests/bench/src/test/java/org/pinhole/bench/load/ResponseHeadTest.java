package org.pinhole.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class ResponseHeadTest {
    private static final String OK =
            "SIP/2.0 200 OK\r\nCall-ID: u12x31@bench\r\nCSeq: 5 REGISTER\r\nContent-Length: 0\r\n\r\n";

    @Test
    void itTellsTheStatusAndWhichOfAPhonesRequestsIsAnswered() {
        ByteBuf in = Unpooled.copiedBuffer(OK + "SIP/2.0 401", US_ASCII);

        ResponseHead head = ResponseHead.find(in);

        assertThat(head).isEqualTo(new ResponseHead(OK.length(), 200, 31));
    }

    @Test
    void itIsNotThereBeforeTheBlankLineIs() {
        ByteBuf in = Unpooled.copiedBuffer(OK.substring(0, OK.length() - 1), US_ASCII);

        ResponseHead head = ResponseHead.find(in);

        assertThat(head).isNull();
    }

    @Test
    void aRequestOfAPhoneIsAnsweredUnderTheCallIdItWasSentUnder() {
        ByteBuf request = new RegisterText(7, 3).next(Unpooled.buffer().alloc(), 2, 9, "");

        String text = request.toString(US_ASCII);
        request.release();

        assertThat(text).contains("Call-ID: u7x2@bench\r\nCSeq: 9 REGISTER\r\n").endsWith("\r\n\r\n");
    }
}
