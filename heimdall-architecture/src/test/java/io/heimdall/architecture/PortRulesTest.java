package io.heimdall.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.heimdall.app.jobs.TrainingJobs;
import io.heimdall.app.service.HeimdallService;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingPipeline;
import org.junit.jupiter.api.Test;

/** Holds that classes take the ports that they use, and that few know all that is opened for a workspace (ADR 147). */
class PortRulesTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.heimdall");

    /** Roots open or take apart: the adapters, the commands, and the doors for who embeds Heimdall. */
    @Test
    void onlyRootsKnowAllServices() {
        noClasses()
                .that(resideOutsideOfPackages(
                        "io.heimdall.app.adapters..", "io.heimdall.app.command..", "io.heimdall.bench.."))
                .and(DescribedPredicate.not(belongToAnyOf(
                        Services.class, TrainingPipeline.class, TrainingJobs.class, HeimdallService.class)))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Services.class)
                .check(classes);
    }

    @Test
    void nobodyKeepsThem() {
        noFields().should().haveRawType(Services.class).check(classes);
    }
}
