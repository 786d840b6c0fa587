package org.pinhole.agent.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.MemberRemoval;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.Test;

class SignatureCheckTest {
    private final ClassLoader loader = SignatureCheckTest.class.getClassLoader();
    private final SignatureCheck check = new SignatureCheck(loader);

    @Test
    void aMethodWithThoseParametersAndAFieldOfThatNameAreThere() {
        Member method = Member.method("java.lang.String", "indexOf", "java.lang.String", "int");
        Member field = Member.field("java.awt.Point", "x");

        assertThat(check.missing(Arrays.asList(method, field))).isEmpty();
    }

    @Test
    void otherParametersAnotherNameOrAnotherClassAreMissingAndNamed() {
        Member parameters = Member.method("java.lang.String", "indexOf", "java.lang.Object");
        Member name = Member.field("java.awt.Point", "radius");
        Member type = Member.method("org.example.Nowhere", "run");

        assertThat(check.missing(Arrays.asList(parameters, name, type))).containsExactly(parameters, name, type);
        assertThat(parameters).hasToString("java.lang.String#indexOf(java.lang.Object)");
        assertThat(name).hasToString("java.awt.Point#radius");
    }

    @Test
    void aClassFileThatLacksTheMemberIsSeenWithoutLoadingIt() {
        byte[] doctored = new ByteBuddy()
                .redefine(Specimen.class)
                .visit(new MemberRemoval().stripMethods(ElementMatchers.named("wanted")))
                .make()
                .getBytes();
        SignatureCheck ofDoctored = new SignatureCheck(new ClassFileLocator.Compound(
                ClassFileLocator.Simple.of(Specimen.class.getName(), doctored),
                ClassFileLocator.ForClassLoader.of(loader)));
        Member wanted = Member.method(Specimen.class.getName(), "wanted");

        assertThat(check.missing(Collections.singletonList(wanted))).isEmpty();
        assertThat(ofDoctored.missing(Collections.singletonList(wanted))).containsExactly(wanted);
    }

    /** What is doctored. */
    public static class Specimen {
        /** What is wanted. */
        public void wanted() {}
    }
}
