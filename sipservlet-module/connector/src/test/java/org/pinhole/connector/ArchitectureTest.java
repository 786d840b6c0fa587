package org.pinhole.connector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;

@AnalyzeClasses(packages = "org.pinhole.connector", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesImportOnlyDownstream = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("hook")
            .definedBy("..connector.hook..")
            .layer("admin")
            .definedBy("..connector.admin..")
            .layer("transport")
            .definedBy("..connector.transport..")
            .layer("keepalive")
            .definedBy("..connector.keepalive..")
            .layer("flow")
            .definedBy("..connector.flow..")
            .layer("tls")
            .definedBy("..connector.tls..")
            .layer("proxyprotocol")
            .definedBy("..connector.proxyprotocol..")
            .layer("file")
            .definedBy("..connector.file..")
            .layer("limit")
            .definedBy("..connector.limit..")
            .whereLayer("hook")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("admin")
            .mayOnlyBeAccessedByLayers("hook")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("admin", "hook")
            .whereLayer("keepalive")
            .mayOnlyBeAccessedByLayers("transport", "hook")
            .whereLayer("flow")
            .mayOnlyBeAccessedByLayers("keepalive", "transport", "hook")
            .whereLayer("tls")
            .mayOnlyBeAccessedByLayers("transport", "hook")
            .whereLayer("file")
            .mayOnlyBeAccessedByLayers("flow", "tls", "hook")
            .whereLayer("proxyprotocol")
            .mayOnlyBeAccessedByLayers("transport", "hook")
            .whereLayer("limit")
            .mayOnlyBeAccessedByLayers("keepalive", "transport", "hook");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("org.pinhole.connector.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheHooksKnowTheContainer = noClasses()
            .that()
            .resideOutsideOfPackage("..connector.hook..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.mobicents..", "org.apache.catalina..", "javax.servlet..");

    /** Not even about what looks like an address: what its parser cannot read, the platform asks the resolver about. */
    @ArchTest
    static final ArchRule nobodyAsksTheResolverAboutWhatAProxySays = noClasses()
            .that()
            .resideInAPackage("..connector.proxyprotocol..")
            .should()
            .callMethod(InetAddress.class, "getByName", String.class)
            .orShould()
            .callMethod(InetAddress.class, "getAllByName", String.class);

    @ArchTest
    static final ArchRule byteBuddyIsTheAgents =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("net.bytebuddy..", "org.pinhole.agent..");
}
