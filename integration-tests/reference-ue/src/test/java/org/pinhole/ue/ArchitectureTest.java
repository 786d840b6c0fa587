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
            .layer("sdp")
            .definedBy("org.pinhole.ue.sdp..")
            .layer("ice")
            .definedBy("org.pinhole.ue.ice..")
            .layer("call")
            .definedBy("org.pinhole.ue.call..")
            .layer("rtp")
            .definedBy("org.pinhole.ue.rtp..")
            .layer("msrp")
            .definedBy("org.pinhole.ue.msrp..")
            .layer("discovery")
            .definedBy("org.pinhole.ue.discovery..")
            .layer("pac")
            .definedBy("org.pinhole.ue.pac..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("sip")
            .mayOnlyBeAccessedByLayers("cli", "outbound")
            .whereLayer("outbound")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("call")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("ice")
            .mayOnlyBeAccessedByLayers("call", "cli")
            .whereLayer("sdp")
            .mayOnlyBeAccessedByLayers("call")
            .whereLayer("rtp")
            .mayOnlyBeAccessedByLayers("call", "cli")
            .whereLayer("msrp")
            .mayOnlyBeAccessedByLayers("call")
            .whereLayer("discovery")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("pac")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("turn")
            .mayOnlyBeAccessedByLayers("cli", "ice")
            .whereLayer("tunnel")
            .mayOnlyBeAccessedByLayers("cli", "discovery", "ice", "outbound", "pac", "sip", "turn")
            .whereLayer("loop")
            .mayOnlyBeAccessedByLayers("call", "ice", "outbound", "sip", "turn")
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
    static final ArchRule ONLY_PAC_KNOWS_A_SCRIPT_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage("org.pinhole.ue.pac..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.mozilla..");

    @ArchTest
    static final ArchRule ONLY_DISCOVERY_KNOWS_A_DNS_LIBRARY = noClasses()
            .that()
            .resideOutsideOfPackage("org.pinhole.ue.discovery..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.xbill..");

    @ArchTest
    static final ArchRule ONLY_TURN_AND_ICE_KNOW_STUN = noClasses()
            .that()
            .resideOutsideOfPackages("org.pinhole.ue.turn..", "org.pinhole.ue.ice..")
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
