package dev.headwater.forecasting;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.headwater.forecasting", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule USES_ONLY_THE_JDK_AND_JACKSON = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.headwater.forecasting..",
                    "java..",
                    "jdk.incubator.vector..",
                    "com.fasterxml.jackson.annotation..",
                    "tools.jackson..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule KNOWS_NO_NETWORKING =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.net..", "javax.net..", "com.sun.net..");

    @ArchTest
    static final ArchRule ONLY_THE_GRU_USES_ITS_KERNELS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.headwater.kernels..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.headwater.kernels.internal..", "jdk.incubator.vector..");

    @ArchTest
    static final ArchRule THE_KERNELS_KNOW_NOTHING_OF_READINGS = noClasses()
            .that()
            .resideInAPackage("dev.headwater.kernels..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.headwater.forecasting.network..",
                    "dev.headwater.forecasting.reading..",
                    "dev.headwater.forecasting.window..",
                    "dev.headwater.forecasting.feature..",
                    "dev.headwater.forecasting.artefact..");
}
