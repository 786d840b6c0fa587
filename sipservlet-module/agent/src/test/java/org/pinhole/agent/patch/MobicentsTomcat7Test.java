package org.pinhole.agent.patch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pinhole.agent.check.SignatureCheck;

class MobicentsTomcat7Test {
    @Test
    void everythingThatThePatchesNeedIsInTheContainerThatIsSupported() {
        SignatureCheck container = new SignatureCheck(MobicentsTomcat7Test.class.getClassLoader());

        for (Patch patch : MobicentsTomcat7.patches()) {
            assertThat(container.missing(patch.needs())).as(patch.feature()).isEmpty();
        }
    }
}
