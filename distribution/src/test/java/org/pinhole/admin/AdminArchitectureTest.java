package org.pinhole.admin;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packagesOf = PinholeAdmin.class, importOptions = DoNotIncludeTests.class)
class AdminArchitectureTest {
    @ArchTest
    static final ArchRule commandsDoNotKnowEachOther = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("main")
            .definedBy("org.pinhole.admin")
            .layer("install")
            .definedBy("org.pinhole.admin.install")
            .layer("user")
            .definedBy("org.pinhole.admin.user")
            .layer("control")
            .definedBy("org.pinhole.admin.control")
            .layer("file")
            .definedBy("org.pinhole.admin.file")
            .whereLayer("main")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("install")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("user")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("control")
            .mayOnlyBeAccessedByLayers("main")
            .whereLayer("file")
            .mayOnlyBeAccessedByLayers("main", "install", "user", "control");
}
