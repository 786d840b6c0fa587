package org.pinhole.ue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.pinhole.ue", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_IMPORT_DOWNSTREAM_ONLY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy("org.pinhole.ue.cli..")
            .layer("sip")
            .definedBy("org.pinhole.ue.sip..")
            .layer("turn")
            .definedBy("org.pinhole.ue.turn..")
            .layer("tunnel")
            .definedBy("org.pinhole.ue.tunnel..")
            .layer("digest")
            .definedBy("org.pinhole.ue.digest..")
            .layer("loop")
            .definedBy("org.pinhole.ue.loop..")
            .layer("outbound")
            .definedBy("org.pinhole.ue.outbound..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("sip")
            .mayOnlyBeAccessedByLayers("cli", "outbound")
            .whereLayer("outbound")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("turn")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("tunnel")
            .mayOnlyBeAccessedByLayers("cli", "outbound", "sip", "turn")
            .whereLayer("loop")
            .mayOnlyBeAccessedByLayers("outbound", "sip", "turn")
            .whereLayer("digest")
            .mayOnlyBeAccessedByLayers("cli", "sip", "tunnel");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.pinhole.ue.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_PICOCLI = noClasses()
            .that()
            .resideOutsideOfPackage("org.pinhole.ue.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule ONLY_THE_TURN_CLIENT_KNOWS_STUN = noClasses()
            .that()
            .resideOutsideOfPackage("org.pinhole.ue.turn..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.pinhole.stun..", "io.netty..");

    @ArchTest
    static final ArchRule CLOCKS_ARE_INJECTED = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callConstructor(java.util.Date.class);

    @ArchTest
    static final ArchRule NO_STANDARD_STREAMS = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}
