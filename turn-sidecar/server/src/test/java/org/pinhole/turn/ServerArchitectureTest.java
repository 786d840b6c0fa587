package org.pinhole.turn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = TurnMain.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ServerArchitectureTest {

    @ArchTest
    static final ArchRule packages_import_downstream_along_the_path_of_the_data = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("wiring")
            .definedBy("org.pinhole.turn")
            .optionalLayer("admin")
            .definedBy("..turn.admin..")
            .layer("transport")
            .definedBy("..turn.transport..")
            .layer("metrics")
            .definedBy("..turn.metrics..")
            .layer("tls")
            .definedBy("..turn.tls..")
            .layer("request")
            .definedBy("..turn.request..")
            .layer("auth")
            .definedBy("..turn.auth..")
            .layer("allocation")
            .definedBy("..turn.allocation..")
            .layer("relay")
            .definedBy("..turn.relay..")
            .whereLayer("wiring")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("admin")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("wiring", "transport", "admin")
            .whereLayer("tls")
            .mayOnlyBeAccessedByLayers("wiring", "transport")
            .whereLayer("request")
            .mayOnlyBeAccessedByLayers("wiring", "transport")
            .whereLayer("auth")
            .mayOnlyBeAccessedByLayers("wiring", "request")
            .whereLayer("allocation")
            .mayOnlyBeAccessedByLayers("wiring", "transport", "request")
            .whereLayer("relay")
            .mayOnlyBeAccessedByLayers("wiring", "transport", "request", "allocation");

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("org.pinhole.turn.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule clocks_are_injected = noClasses()
            .that()
            .resideOutsideOfPackage("org.pinhole.turn")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    /** CVE-2018-4056. */
    @ArchTest
    static final ArchRule nobody_speaks_sql =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..");

    /** coturn #1869: how long a comparison takes says how much of a secret was right. */
    @ArchTest
    static final ArchRule what_is_secret_is_compared_in_constant_time = noClasses()
            .should()
            .callMethod(java.util.Arrays.class, "equals", byte[].class, byte[].class)
            .orShould()
            .callMethod(
                    java.util.Arrays.class,
                    "equals",
                    byte[].class,
                    int.class,
                    int.class,
                    byte[].class,
                    int.class,
                    int.class)
            .orShould()
            .callMethod(io.netty.buffer.ByteBuf.class, "equals", Object.class)
            .orShould()
            .callMethod(
                    io.netty.buffer.ByteBufUtil.class,
                    "equals",
                    io.netty.buffer.ByteBuf.class,
                    io.netty.buffer.ByteBuf.class);

    @ArchTest
    static final ArchRule nobody_prints =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");

    @ArchTest
    static final ArchRule the_sidecar_knows_none_of_the_other_modules = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.pinhole.api..", "org.pinhole.bridge..", "org.pinhole.app..", "org.pinhole.connector..");
}
