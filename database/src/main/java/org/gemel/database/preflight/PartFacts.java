package org.gemel.database.preflight;

/**
 * A constraint, an index or a trigger of a table.
 *
 * @param kind of a constraint {@code p}, {@code u}, {@code c}, {@code f}, {@code x}; of an index
 *     {@code unique} or empty; of a trigger how it fires: {@code O}, {@code D}, {@code R}, {@code
 *     A}
 * @param definition of a constraint what follows its name; of the others the whole statement
 * @param references the table a foreign key points at; empty otherwise
 */
public record PartFacts(String name, String kind, String definition, String references) {

  /** A check that nobody knows whether all rows keep. */
  boolean isUnproven() {
    return kind.equals("c") && definition.endsWith(" NOT VALID");
  }
}
