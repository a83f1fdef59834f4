package org.gemel.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls between the modules, as ARCHITECTURE.md draws them. */
final class WallsTest {
  /** Each module and those it may import; a module that is not here fails the test. */
  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("core", List.of()),
          Map.entry("config", List.of("core")),
          Map.entry("wire", List.of("core")),
          Map.entry("ledger", List.of("core")),
          Map.entry("mirror", List.of("core", "config")),
          Map.entry("postgres", List.of("core")),
          Map.entry("database", List.of("core")),
          Map.entry("agent", List.of("core", "config", "wire", "mirror", "database")),
          Map.entry("control", List.of("core", "config", "wire", "ledger", "database")),
          Map.entry(
              "cli", List.of("core", "config", "wire", "ledger", "mirror", "agent", "control")),
          Map.entry(
              "demo",
              List.of(
                  "core",
                  "config",
                  "wire",
                  "mirror",
                  "database",
                  "postgres",
                  "agent",
                  "cli",
                  "control")));

  private static JavaClasses gemel;

  @BeforeAll
  static void read() {
    gemel =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.gemel");
    assertThat(gemel).isNotEmpty();
  }

  @Test
  void everyModuleIsNamedHere() {
    List<String> found =
        gemel.stream()
            .map(c -> c.getPackageName().split("\\.", -1)[2])
            .distinct()
            .sorted()
            .toList();
    assertThat(found).isEqualTo(MAY_IMPORT.keySet().stream().sorted().toList());
  }

  @Test
  void importsOnlyGoDown() {
    MAY_IMPORT.forEach(
        (module, below) -> {
          List<String> allowed = new ArrayList<>(below);
          allowed.add(module);
          String[] forbidden =
              MAY_IMPORT.keySet().stream()
                  .filter(m -> !allowed.contains(m))
                  .map(m -> "org.gemel." + m + "..")
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage("org.gemel." + module + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden)
              .because(module + " may import only " + allowed)
              .check(gemel);
        });
  }

  @Test
  void enginesKnowNoZooKeeperNoWebAndNoWire() {
    noClasses()
        .that()
        .resideInAnyPackage("org.gemel.mirror..", "org.gemel.database..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.zookeeper..", "org.apache.curator..", "io.javalin..", "io.grpc..")
        .check(gemel);
  }

  @Test
  void theControlPointComparesFactsOfDatabasesAndTouchesNone() {
    noClasses()
        .that()
        .resideInAPackage("org.gemel.control..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.gemel.database")
        .check(gemel);
    classes()
        .that()
        .resideInAPackage("org.gemel.database.preflight..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.gemel.database.preflight..", "java.lang..", "java.util..", "org.jspecify..")
        .check(gemel);
  }

  @Test
  void onlyTheLedgerKnowsZooKeeper() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.gemel.ledger..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.zookeeper..", "org.apache.curator..")
        .check(gemel);
  }

  @Test
  void onlyTheConsoleKnowsTheWebFramework() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.gemel.control.web..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.javalin..")
        .check(gemel);
  }

  @Test
  void coreReadsAndWritesNothing() {
    classes()
        .that()
        .resideInAPackage("org.gemel.core..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "org.gemel.core..", "java.lang..", "java.util..", "java.time..", "org.jspecify..")
        .check(gemel);
  }
}
