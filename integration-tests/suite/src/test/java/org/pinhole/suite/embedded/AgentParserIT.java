package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.core.ParserCore;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stack's parser does not count for a trace that nobody has asked for. */
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

    private static final class Rule extends ParserCore {
        void enter() {
            dbg_enter("rule");
        }

        void leave() {
            dbg_leave("rule");
        }
    }
}
