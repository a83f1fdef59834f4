package org.gemel.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A ledger in memory, with the same promises within one process. For tests of what is built on a
 * ledger; it keeps documents as JSON, so that what cannot be stored fails here too.
 */
public final class MemoryLedger implements Ledger {
  private record Entry(String document, long version) {}

  private final Map<String, SortedMap<String, Entry>> folders = new TreeMap<>();
  private final Map<String, Long> numbers = new TreeMap<>();

  @Override
  public synchronized <T> Optional<Versioned<T>> read(Key<T> key) {
    return Optional.ofNullable(folder(key.folder()).get(key.name()))
        .map(
            e ->
                new Versioned<>(
                    Documents.read(bytes(e.document()), key.type(), key.path()), e.version()));
  }

  @Override
  public synchronized <T> Versioned<T> create(Key<T> key, T value) {
    Entry entry = new Entry(text(value), 0);
    if (folder(key.folder()).putIfAbsent(key.name(), entry) != null) {
      throw new LedgerConflict(key.path() + " is there already");
    }
    return new Versioned<>(value, 0);
  }

  @Override
  public synchronized <T> Versioned<T> update(Key<T> key, T value, long expectedVersion) {
    expect(key, expectedVersion);
    folder(key.folder()).put(key.name(), new Entry(text(value), expectedVersion + 1));
    return new Versioned<>(value, expectedVersion + 1);
  }

  @Override
  public synchronized void delete(Key<?> key, long expectedVersion) {
    expect(key, expectedVersion);
    folder(key.folder()).remove(key.name());
  }

  @Override
  public synchronized List<String> names(String folder) {
    return List.copyOf(folder(folder).keySet());
  }

  @Override
  public synchronized <T> String append(String folder, T value) {
    String name = "n%010d".formatted(numbers.merge("append:" + folder, 1L, Long::sum) - 1);
    folder(folder).put(name, new Entry(text(value), 0));
    return name;
  }

  @Override
  public synchronized long next(String counter) {
    return numbers.merge("counter:" + counter, 1L, Long::sum);
  }

  @Override
  public void close() {}

  private void expect(Key<?> key, long expectedVersion) {
    Entry entry = folder(key.folder()).get(key.name());
    if (entry == null) {
      throw new LedgerConflict(key.path() + " is gone");
    }
    if (entry.version() != expectedVersion) {
      throw new LedgerConflict(
          key.path() + " has version " + entry.version() + ", wanted " + expectedVersion);
    }
  }

  private SortedMap<String, Entry> folder(String name) {
    return folders.computeIfAbsent(name, n -> new TreeMap<>());
  }

  private static String text(Object value) {
    return new String(Documents.write(value), UTF_8);
  }

  private static byte[] bytes(String document) {
    return document.getBytes(UTF_8);
  }
}
