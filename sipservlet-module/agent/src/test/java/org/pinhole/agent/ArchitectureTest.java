package org.pinhole.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
        packages = {"org.pinhole.agent", "org.pinhole.api", "org.pinhole.bridge"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule noContainerTypeIsLinked = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "javax.sip..", "javax.servlet..", "gov.nist..", "org.mobicents..", "org.apache..", "org.slf4j..");

    @ArchTest
    static final ArchRule theConnectorIsKnownByNameOnly = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.pinhole.connector..", "io.netty..", "org.bouncycastle..");

    @ArchTest
    static final ArchRule adviceCallsTheBridgeOnly = classes()
            .that()
            .haveSimpleNameEndingWith("Advice")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java.lang..", "net.bytebuddy..", "org.pinhole.bridge..", "org.jspecify..");

    @ArchTest
    static final ArchRule theApiUsesTheJdkOnly = classes()
            .that()
            .resideInAnyPackage("org.pinhole.api..", "org.pinhole.bridge..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.pinhole.api..", "org.pinhole.bridge..", "org.jspecify..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("org.pinhole.(*)..").should().beFreeOfCycles();
}
