package dev.meridian.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.jspecify.annotations.NullMarked;

/** The plan of the house, as rules over the compiled classes of every module. */
@AnalyzeClasses(packages = "dev.meridian", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.meridian.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule conflictResolutionKnowsOnlyTheJdk = noClasses()
            .that()
            .resideInAPackage("dev.meridian.conflict..")
            .should()
            .dependOnClassesThat(outside("java..", "org.jspecify..", "dev.meridian.conflict.."));

    @ArchTest
    static final ArchRule tablesKnowOnlyTheJdkAndJackson = noClasses()
            .that()
            .resideInAPackage("dev.meridian.table..")
            .and()
            .resideOutsideOfPackage("dev.meridian.table.partiql")
            .should()
            .dependOnClassesThat(
                    outside("java..", "org.jspecify..", "com.fasterxml.jackson.core..", "dev.meridian.table.."));

    @ArchTest
    static final ArchRule statementsAreReadWithThePartiqlGrammarAndNotEvaluatedByIt = noClasses()
            .that()
            .resideInAPackage("dev.meridian.table.partiql")
            .should()
            .dependOnClassesThat(outside(
                    "java..",
                    "org.jspecify..",
                    "dev.meridian.table..",
                    "org.partiql.lang.domains..",
                    "org.partiql.lang.syntax..",
                    "org.partiql.pig.runtime..",
                    "com.amazon.ion",
                    "com.amazon.ion.system",
                    "com.amazon.ionelement.api"));

    @ArchTest
    static final ArchRule replicationKnowsNoActorsAndNoHttp = noClasses()
            .that()
            .resideInAPackage("dev.meridian.replication..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.pekko..", "io.vertx..", "dev.meridian.table..", "dev.meridian.node..");

    @ArchTest
    static final ArchRule aRegionNeverKnowsChaos = noClasses()
            .that()
            .resideInAPackage("dev.meridian.node..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.meridian.chaos..", "dev.meridian.cli..");

    @ArchTest
    static final ArchRule noVagueNames = noClasses().should().haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should(new ArchCondition<>("be in a @NullMarked package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                    events.add(new SimpleConditionEvent(
                            type, marked, type.getPackageName() + " has no @NullMarked package-info"));
                }
            });

    @ArchTest
    static final ArchRule actorsAnswerEveryCommand = classes()
            .that()
            .areAssignableTo(AbstractBehavior.class)
            .should(new ArchCondition<>("have an onX for every X of their Command") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    Class<?> actor = type.reflect();
                    Set<String> handlers = Arrays.stream(actor.getDeclaredMethods())
                            .map(Method::getName)
                            .collect(Collectors.toSet());
                    for (Class<?> nested : actor.getDeclaredClasses()) {
                        if (!nested.getSimpleName().equals("Command") || !nested.isSealed()) {
                            continue;
                        }
                        for (Class<?> command : nested.getPermittedSubclasses()) {
                            String handler = "on" + command.getSimpleName();
                            events.add(new SimpleConditionEvent(
                                    type, handlers.contains(handler), actor.getName() + " lacks " + handler));
                        }
                    }
                }
            })
            .allowEmptyShould(true);

    @ArchTest
    static void looksAtTheWholeHouse(com.tngtech.archunit.core.domain.JavaClasses imported) {
        Set<String> modules = imported.stream()
                .map(type -> type.getPackageName().split("\\.")[2])
                .collect(Collectors.toSet());
        assertThat(modules).contains("conflict", "storage", "table", "replication", "node", "chaos", "cli");
    }

    private static DescribedPredicate<JavaClass> outside(String... packages) {
        return JavaClass.Predicates.resideOutsideOfPackages(packages);
    }
}
