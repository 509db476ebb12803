package io.heimdall.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.heimdall.model.NamedServices;
import io.heimdall.model.backend.Backends;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds who may know whom, as the design's first section says it. */
class ModuleRulesTest {
    private static JavaClasses classes;

    @BeforeAll
    static void readAllModules() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar")) // the contract
                .importPackages("io.heimdall");
    }

    @Test
    void everyModuleIsSeen() {
        assertThat(Stream.of("files", "features", "model", "dataset", "servers", "simulation", "localization")
                        .filter(m -> classes.stream()
                                .noneMatch(c -> c.getPackageName().startsWith("io.heimdall." + m))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "files, files",
        "features, features",
        "dataset, dataset files features",
        "servers, servers dataset files features",
        "simulation, simulation dataset files features localization model",
        "model, model",
        "localization, localization model",
        "backend, backend model",
        "export, export files model",
        "tracking, tracking files model",
        "pipeline, pipeline files features dataset simulation model localization export tracking",
    })
    void moduleKnowsOnly(String module, String known) {
        String[] others = Stream.of(
                        "files",
                        "features",
                        "dataset",
                        "model",
                        "localization",
                        "backend",
                        "export",
                        "tracking",
                        "pipeline",
                        "app",
                        "spark",
                        "bench")
                .filter(m -> !List.of(known.split(" ")).contains(m))
                .map(m -> "io.heimdall." + m + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.heimdall." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(classes);
    }

    @ParameterizedTest
    @CsvSource({
        "features, org.jtransforms.. pl.edu.icm.. jdk.incubator..",
        "dataset servers app.jobs, org.jdbi..",
        "dataset servers, org.flywaydb..",
        "dataset, org.sqlite.. org.apache.commons.csv..",
        "servers, io.minio.. org.postgresql.. com.zaxxer.. okhttp3..",
        "backend.djl, ai.djl..",
        "backend.dl4j, org.deeplearning4j.. org.nd4j.. org.bytedeco..",
        "export, ai.onnx.. ai.onnxruntime.. com.google.protobuf..",
        "tracking, org.mlflow.. org.mlflow_project..",
        "pipeline, org.apache.commons.math3..",
        "pipeline.report, com.samskivert..",
        "app spark, picocli..",
        "spark, org.apache.spark.. scala..",
        "app, me.tongfei.. org.snakeyaml.. io.javalin.. org.eclipse.jetty.. jakarta.. kotlin.. org.jobrunr.."
                + " io.micrometer.. ch.qos.logback..",
    })
    void thirdPartyIsKnownToOneModule(String modules, String thirdParty) {
        String[] knowing = Stream.of(modules.split(" "))
                .map(module -> "io.heimdall." + module + "..")
                .toArray(String[]::new);
        noClasses()
                .that(resideOutsideOfPackages(knowing))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(thirdParty.split(" "))
                .check(classes);
    }

    /** Jobs can be embedded without a web server, and the web server knows jobs, not how they are handed out. */
    @ParameterizedTest
    @CsvSource({
        "app.jobs, org.jobrunr..",
        "app.service, io.javalin.. org.eclipse.jetty.. jakarta.. kotlin.. io.micrometer..",
    })
    void libraryIsKnownToOnePackage(String part, String thirdParty) {
        noClasses()
                .that(resideOutsideOfPackages("io.heimdall." + part + ".."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(thirdParty.split(" "))
                .check(classes);
    }

    @Test
    void jobsKnowNeitherHttpNorTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage("io.heimdall.app.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.heimdall.app.service..", "io.heimdall.app.command..")
                .check(classes);
    }

    @Test
    void vectorModuleIsKnownToItsKernelsOnly() {
        noClasses()
                .that(resideOutsideOfPackages("io.heimdall.features.internal.vector.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jdk.incubator..")
                .check(classes);
        noClasses()
                .that(resideOutsideOfPackages("io.heimdall.features.internal.vector.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.heimdall.features.internal.vector..")
                .check(classes);
    }

    @Test
    void modelKnowsOnlyTheJdkSlf4jAndJson() {
        classes()
                .that()
                .resideInAPackage("io.heimdall.model..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.heimdall.model..", "java..", "org.slf4j..", "com.fasterxml.jackson..")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.heimdall.(*)..").should().beFreeOfCycles().check(classes);
        for (String module : List.of(
                "files",
                "features",
                "dataset",
                "servers",
                "simulation",
                "model",
                "localization",
                "export",
                "tracking",
                "pipeline",
                "app")) {
            slices().matching("io.heimdall." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    /** One registry a port that others extend: engines, what users name, and the formats of recordings (ADR 34). */
    @Test
    void onlyRegistriesLoadServices() {
        noClasses()
                .that(not(belongToAnyOf(Backends.class, NamedServices.class)))
                .and()
                .doNotHaveFullyQualifiedName("io.heimdall.features.recording.AddedReaders")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ServiceLoader.class)
                .check(classes);
    }

    @Test
    void onlyAppAndBenchPrint() {
        noClasses()
                .that(resideOutsideOfPackages("io.heimdall.app..", "io.heimdall.bench.."))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(classes);
    }

    @Test
    void publicSignaturesHoldNoThirdPartyTypes() {
        methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(resideOutsideOfPackages("io.heimdall.app..", "io.heimdall.bench.."))
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should(useOnlyOwnAndJdkTypes())
                .check(classes);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Util|Utils|Helper|Impl|Common)")
                .check(classes);
    }

    @Test
    void noFileIsLongerThanFourHundredLines() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (DirectoryStream<Path> modules = Files.newDirectoryStream(Path.of(".."), "heimdall-*")) {
            for (Path module : modules) {
                if (!Files.isDirectory(module.resolve("src"))) {
                    continue; // the bill of materials
                }
                try (Stream<Path> files = Files.walk(module.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        assertThat(sources).hasSizeGreaterThan(500);
        assertThat(sources)
                .allSatisfy(file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(400));
    }

    /** Whoever imports the bill of materials gets a version for every module that is of use outside. */
    @Test
    void theBillOfMaterialsHasEveryModule() throws IOException {
        List<String> modules = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of(".."), "heimdall-*")) {
            for (Path folder : folders) {
                if (Files.isDirectory(folder.resolve("src/main/java"))) {
                    modules.add(folder.getFileName().toString());
                }
            }
        }
        modules.remove("heimdall-bench");
        modules.remove("heimdall-spark"); // a program for clusters, built with -Pspark only
        assertThat(Pattern.compile(
                                "<artifactId>(heimdall-[^<]+)</artifactId><version>\\$\\{project.version}</version></dependency>")
                        .matcher(Files.readString(Path.of("..", "pom.xml")))
                        .results()
                        .map(match -> match.group(1)))
                .containsExactlyInAnyOrderElementsOf(modules);
    }

    private static ArchCondition<JavaMethod> useOnlyOwnAndJdkTypes() {
        return new ArchCondition<>("use only the project's and the JDK's types") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (!isReachable(method.getOwner())) {
                    return;
                }
                Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(t -> !t.isPrimitive())
                        .filter(t -> !t.getPackageName().startsWith("io.heimdall")
                                && !t.getPackageName().startsWith("java.")
                                && !t.getPackageName().equals("javax.sql")) // the JDK's too
                        .forEach(t -> events.add(
                                SimpleConditionEvent.violated(method, method.getFullName() + " shows " + t.getName())));
            }
        };
    }

    /** A public class nested in one that is not public is no API. */
    private static boolean isReachable(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ModuleRulesTest::isReachable).orElse(true);
    }
}
