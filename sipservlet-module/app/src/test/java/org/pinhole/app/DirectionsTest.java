package org.pinhole.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.pinhole.app", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionsTest {
    @ArchTest
    static final ArchRule stepsNeverImportEachOther = slices().matching(
                    "org.pinhole.app.(digest|registrar|outbound|pcscf|turn)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule theChainKnowsNoStep = noClasses()
            .that()
            .resideInAPackage("org.pinhole.app.chain..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.pinhole.app.digest..",
                    "org.pinhole.app.registrar..",
                    "org.pinhole.app.outbound..",
                    "org.pinhole.app.pcscf..",
                    "org.pinhole.app.turn..");

    @ArchTest
    static final ArchRule stepsDoNotKnowTheRim = noClasses()
            .that()
            .resideInAnyPackage("org.pinhole.app.*..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.pinhole.app", "javax.servlet..");

    @ArchTest
    static final ArchRule onlyTheWiringSeesAllSteps = noClasses()
            .that()
            .resideInAPackage("org.pinhole.app")
            .and()
            .doNotHaveSimpleName("EdgeWiring")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.pinhole.app.registrar..", "org.pinhole.app.outbound..");

    @ArchTest
    static final ArchRule nothingOfTheStackIsSeen = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.sip..", "gov.nist..", "org.mobicents..", "io.netty..", "net.bytebuddy..");

    @ArchTest
    static final ArchRule theAgentCheckLinksNothingOfTheAgent = noClasses()
            .that()
            .haveSimpleName("AgentRequired")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.pinhole.api..");

    @ArchTest
    static final ArchRule timeComesInThroughTheWiring =
            noClasses().that().doNotHaveSimpleName("Deployment").should().callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule nobodyPrints =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");

    @ArchTest
    static final ArchRule noPackageCycles =
            slices().matching("org.pinhole.app.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule servletsAreAtTheRim = classes()
            .that()
            .areAssignableTo("javax.servlet.sip.SipServlet")
            .should()
            .resideInAPackage("org.pinhole.app");
}
