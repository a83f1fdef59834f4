package org.gemel.control.people;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All users in one document. One document, because "the last administrator cannot be removed" must
 * hold when two administrators remove each other at once: the ledger refuses the second write, and
 * it is decided again on what the first left.
 */
record UserBook(List<Entry> users) {
  record Entry(String name, UserRole role, String hash, Instant createdAt, Instant passwordSetAt) {
    UserView view() {
      return new UserView(name, role, createdAt, passwordSetAt);
    }
  }

  Optional<Entry> find(String name) {
    return users.stream().filter(u -> u.name().equals(name)).findFirst();
  }

  boolean isLastAdministrator(String name) {
    return users.stream()
        .filter(u -> u.role() == UserRole.ADMINISTRATOR)
        .map(Entry::name)
        .toList()
        .equals(List.of(name));
  }

  UserBook with(Entry entry) {
    List<Entry> all = new ArrayList<>(without(entry.name()).users());
    all.add(entry);
    return new UserBook(List.copyOf(all));
  }

  UserBook without(String name) {
    return new UserBook(users.stream().filter(u -> !u.name().equals(name)).toList());
  }
}
