package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.core.ParserCore;
import gov.nist.javax.sip.header.SIPHeaderNamesCache;
import java.lang.reflect.Field;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of what is parsed nothing stays in the stack's static fields. */
@Tag("agent")
class AgentParserIT {
    @Test
    void whatNobodyTracesIsNotCounted() throws ReflectiveOperationException {
        Field depth = ParserCore.class.getDeclaredField("nesting_level");
        depth.setAccessible(true);
        Rule rule = new Rule();
        int before = depth.getInt(null);

        rule.enter();
        int within = depth.getInt(null);
        rule.leave();

        assertThat(ParserCore.debug).isFalse();
        assertThat(within).isEqualTo(before);
        assertThat(depth.getInt(null)).isEqualTo(before);
    }

    @Test
    void headerNamesThatNobodyKnowsAreNotKept() throws ReflectiveOperationException {
        Field names = SIPHeaderNamesCache.class.getDeclaredField("lowercaseMap");
        names.setAccessible(true);
        Map<?, ?> kept = (Map<?, ?>) names.get(null);
        int before = kept.size();

        for (int i = 0; i < 100; i++) {
            assertThat(SIPHeaderNamesCache.toLowerCase("X-Made-Up-" + i)).isEqualTo("x-made-up-" + i);
        }

        assertThat(kept).hasSize(before);
        assertThat(SIPHeaderNamesCache.toLowerCase("Call-ID")).isEqualTo("call-id");
    }

    private static final class Rule extends ParserCore {
        void enter() {
            dbg_enter("rule");
        }

        void leave() {
            dbg_leave("rule");
        }
    }
}
