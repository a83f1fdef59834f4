package org.gemel.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/**
 * What every ledger promises; the same stories are told of the one in memory and the one on
 * ZooKeeper.
 */
abstract class LedgerContract {
  record Note(String words, int number) {}

  static final Key<Note> NOTE = new Key<>("notes", "one", Note.class);

  abstract Ledger ledger();

  @Test
  void whatIsWrittenIsReadWithItsVersion() {
    ledger().create(NOTE, new Note("first", 1));
    ledger().update(NOTE, new Note("second", 2), 0);
    assertThat(ledger().read(NOTE)).contains(new Versioned<>(new Note("second", 2), 1));
  }

  @Test
  void aNewDocumentIsRefusedWhereOneStands() {
    ledger().create(NOTE, new Note("first", 1));
    assertThatThrownBy(() -> ledger().create(NOTE, new Note("other", 1)))
        .isInstanceOf(LedgerConflict.class);
  }

  @Test
  void aWriteMadeFromAnOldVersionIsRefusedAndLosesNothing() {
    ledger().create(NOTE, new Note("first", 1));
    ledger().update(NOTE, new Note("mine", 2), 0);
    assertThatThrownBy(() -> ledger().update(NOTE, new Note("theirs", 3), 0))
        .isInstanceOf(LedgerConflict.class);
    assertThat(ledger().read(NOTE).orElseThrow().value().words()).isEqualTo("mine");
  }

  @Test
  void aDocumentThatIsGoneCanBeNeitherUpdatedNorDeleted() {
    ledger().create(NOTE, new Note("first", 1));
    ledger().delete(NOTE, 0);
    assertThat(ledger().read(NOTE)).isEmpty();
    assertThatThrownBy(() -> ledger().update(NOTE, new Note("late", 1), 0))
        .isInstanceOf(LedgerConflict.class);
    assertThatThrownBy(() -> ledger().delete(NOTE, 0)).isInstanceOf(LedgerConflict.class);
  }

  @Test
  void appendedDocumentsKeepTheirOrder() {
    String first = ledger().append("log", new Note("a", 1));
    String second = ledger().append("log", new Note("b", 2));
    assertThat(first).isLessThan(second);
    assertThat(ledger().names("log")).containsExactly(first, second);
    assertThat(ledger().read(new Key<>("log", second, Note.class)).orElseThrow().value().words())
        .isEqualTo("b");
  }

  @Test
  void aFolderNobodyWroteToIsEmpty() {
    assertThat(ledger().names("nothing")).isEmpty();
  }

  @Test
  void noTwoWhoCountGetTheSameNumber() throws Exception {
    Set<Long> numbers = Collections.synchronizedSet(new HashSet<>());
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<Boolean> count =
          () -> {
            for (int i = 0; i < 25; i++) {
              assertThat(numbers.add(ledger().next("epoch"))).isTrue();
            }
            return true;
          };
      for (var done : threads.invokeAll(List.of(count, count, count, count))) {
        done.get();
      }
    }
    assertThat(numbers).hasSize(100).contains(1L, 100L);
  }

  @Test
  void aNameThatCouldClimbOutOfItsFolderIsRefused() {
    assertThatThrownBy(() -> new Key<>("notes", "../one", Note.class))
        .hasMessageContaining("../one");
    assertThatThrownBy(() -> new Key<>("notes/..", "one", Note.class)).hasMessageContaining("..");
  }
}
