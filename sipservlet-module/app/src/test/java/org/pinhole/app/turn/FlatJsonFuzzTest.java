package org.pinhole.app.turn;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** The parser throws nothing but {@link JsonFormatException}, whatever it is given. */
class FlatJsonFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void parseIsTotal(byte[] input) {
        try {
            FlatJson.strings(new String(input, StandardCharsets.UTF_8)).forEach((name, value) -> {
                String both = name + value;
                if (!new String(both.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(both)) {
                    throw new AssertionError("what was read has no UTF-8");
                }
            });
        } catch (JsonFormatException declared) {
            return;
        }
    }
}
