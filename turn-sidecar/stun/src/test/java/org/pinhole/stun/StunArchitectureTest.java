package org.pinhole.stun;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = StunMessage.class, importOptions = ImportOption.DoNotIncludeTests.class)
class StunArchitectureTest {

    @ArchTest
    static final ArchRule the_codec_knows_byte_buffers_and_nothing_else_of_netty = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "org.pinhole.stun..", "io.netty.buffer..", "java..", "javax.crypto..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_codec_knows_no_clock_no_log_and_no_console = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    /** coturn #1869: how long a comparison takes says how much of a secret was right; what is raw is none. */
    @ArchTest
    static final ArchRule what_is_secret_is_compared_in_constant_time = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(RawAttribute.class.getName())
            .should()
            .callMethod(java.util.Arrays.class, "equals", byte[].class, byte[].class);

    @ArchTest
    static final ArchRule what_is_public_is_a_word_of_the_rfc_or_the_codec = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .doNotImplement(Attribute.class)
            .should()
            .haveNameMatching(".*\\.(Stun(Message|Encoder|Exception|Framing|Class|Method)|MessageType|TransactionId"
                    + "|Attribute|AttributeType|AddressFamily|ChannelData|LongTermKeys|package-info)");
}
