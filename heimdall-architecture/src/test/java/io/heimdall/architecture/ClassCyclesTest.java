package io.heimdall.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Checks that no top-level classes depend on each other in a cycle.
 *
 * <p>A node is a top-level class with all that is nested in it. A sealed type and its permitted subtypes are one node: they
 * are one closed idea, and the sealed type's factories may name its records. There is no other exemption (ADR 141).
 */
class ClassCyclesTest {
    private static JavaClasses classes;
    private static Map<String, String> sealedTypes;

    @BeforeAll
    static void readAllModules() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar")) // the contract
                .importPackages("io.heimdall");
        sealedTypes = sealedTypes(classes);
    }

    @Test
    void topLevelClassesHaveNoCycles() {
        slices().assignedFrom(nodes()).should().beFreeOfCycles().check(classes);
    }

    @Test
    void aSealedTypeAndItsPermittedSubtypesAreOneNode() {
        assertThat(node("io.heimdall.features.delay.NoDelay")).isEqualTo(node("io.heimdall.features.delay.Delay"));
        assertThat(node("io.heimdall.model.train.Trainer"))
                .isNotEqualTo(node("io.heimdall.model.train.TrainerOptions"));
    }

    private static SliceAssignment nodes() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(node(topLevel(type.getName())));
            }

            @Override
            public String getDescription() {
                return "top-level classes, a sealed type and its permitted subtypes as one";
            }
        };
    }

    private static String topLevel(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    /** Returns the outermost sealed type that permits {@code topLevel}, or {@code topLevel} itself where none does. */
    private static String node(String topLevel) {
        String permitting = sealedTypes.get(topLevel);
        return permitting == null ? topLevel : node(permitting);
    }

    /** Returns the sealed type of each permitted subtype; both are top-level. */
    private static Map<String, String> sealedTypes(JavaClasses classes) {
        Map<String, String> sealedTypes = new HashMap<>();
        for (JavaClass type : classes) {
            if (type.isTopLevelClass() && type.reflect().isSealed()) {
                for (Class<?> permitted : type.reflect().getPermittedSubclasses()) {
                    if (!permitted.getName().contains("$")) {
                        sealedTypes.put(permitted.getName(), type.getName());
                    }
                }
            }
        }
        return sealedTypes;
    }
}
