package org.gemel.database.preflight;

import java.util.Objects;

/**
 * One column.
 *
 * @param name quoted where SQL wants it
 * @param type with its modifiers and, where it is not the type's own, its collation
 * @param standard the default's or the generation's expression; empty where it has none
 * @param generated empty, {@code s} stored or {@code v} virtual
 * @param identity empty, {@code a} always or {@code d} by default
 * @param sequence of an identity, the name of what numbers it; empty otherwise
 */
public record ColumnFacts(
    String name,
    String type,
    boolean notNull,
    String standard,
    String generated,
    String identity,
    String sequence) {

  // What an agent of an earlier release does not say.
  @SuppressWarnings("NullAway")
  public ColumnFacts {
    sequence = Objects.requireNonNullElse(sequence, "");
  }

  /** One that nothing numbers. */
  public ColumnFacts(
      String name,
      String type,
      boolean notNull,
      String standard,
      String generated,
      String identity) {
    this(name, type, notNull, standard, generated, identity, "");
  }

  /** As CREATE TABLE and ADD COLUMN write it. */
  String definition() {
    StringBuilder text = new StringBuilder(name).append(' ').append(type);
    if (!generated.isEmpty()) {
      text.append(" GENERATED ALWAYS AS (").append(standard).append(')');
      text.append(generated.equals("v") ? " VIRTUAL" : " STORED");
    } else if (!identity.isEmpty()) {
      text.append(" GENERATED ").append(identityWords()).append(numbered());
    } else if (!standard.isEmpty()) {
      text.append(" DEFAULT ").append(standard);
    }
    return text.append(notNull ? " NOT NULL" : "").toString();
  }

  /** By the same name as on main, since a switch sets sequences by their names. */
  String numbered() {
    return " AS IDENTITY" + (sequence.isEmpty() ? "" : " (SEQUENCE NAME " + sequence + ")");
  }

  String identityWords() {
    return identity.equals("a") ? "ALWAYS" : "BY DEFAULT";
  }

  /** What rows must fit: a difference here stalls a replication. */
  String form() {
    return type
        + (notNull ? " not null" : "")
        + (generated.isEmpty()
            ? ""
            : " generated " + (generated.equals("v") ? "virtual" : "stored"));
  }
}
