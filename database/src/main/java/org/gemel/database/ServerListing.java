package org.gemel.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a start from a physical copy of main's server would do to the backup's whole server.
 *
 * @param ownDatabase the pair's database on the backup, as it was
 * @param otherDatabases what else is overwritten: databases that Gemel does not keep here
 * @param roles that only the backup's server has
 * @param comingAlong main's other databases, which come too and are closed to everybody
 * @param neededBytes about the room that the copy takes beside what is there
 * @param against why it cannot be done at all; empty where it can
 * @param servers both servers, so that the list speaks of these two only
 */
public record ServerListing(
    Database ownDatabase,
    List<Database> otherDatabases,
    List<String> roles,
    List<String> comingAlong,
    long neededBytes,
    List<String> against,
    String servers) {

  /** One database on the backup's server. */
  public record Database(String name, long bytes) {
    @Override
    public String toString() {
      return "%s (%,d MB)".formatted(name, bytes / 1_000_000);
    }
  }

  public ServerListing {
    otherDatabases = List.copyOf(otherDatabases);
    roles = List.copyOf(roles);
    comingAlong = List.copyOf(comingAlong);
    against = List.copyOf(against);
  }

  /** The same with more that is against it. */
  public ServerListing with(List<String> more) {
    List<String> all = new ArrayList<>(against);
    all.addAll(more);
    return new ServerListing(
        ownDatabase, otherDatabases, roles, comingAlong, neededBytes, all, servers);
  }

  /** Whether more than the pair's own database is at stake. */
  public boolean needsApproval() {
    return !otherDatabases.isEmpty() || !roles.isEmpty() || !comingAlong.isEmpty();
  }

  /** The same as long as the same is at stake on the same two servers, however large it grew. */
  public String hash() {
    String text =
        String.join(
            "\n",
            servers,
            ownDatabase.name(),
            otherDatabases.stream().map(Database::name).sorted().collect(Collectors.joining("\t")),
            roles.stream().sorted().collect(Collectors.joining("\t")),
            comingAlong.stream().sorted().collect(Collectors.joining("\t")));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The whole of it for a person, before anything is done. */
  public List<String> sentences(long freeBytes) {
    List<String> sentences = new ArrayList<>();
    sentences.add("The whole server goes, " + words() + ".");
    sentences.add(
        "The copy takes about %,d MB beside its data folder, where %,d MB are free; what is there now stays beside it under another name."
            .formatted(neededBytes / 1_000_000, freeBytes / 1_000_000));
    against.forEach(each -> sentences.add("Blocked now: " + each + "."));
    if (needsApproval()) {
      sentences.add(
          "It goes only with --overwrite-server " + hash() + ", which approves that list.");
    }
    return sentences;
  }

  /** One line for a person. */
  public String words() {
    StringBuilder words = new StringBuilder("overwritten: the database " + ownDatabase);
    if (!otherDatabases.isEmpty()) {
      words.append("; DATABASES THAT GEMEL DOES NOT KEEP HERE: ").append(otherDatabases);
    }
    if (!roles.isEmpty()) {
      words.append("; roles that only this server has: ").append(roles);
    }
    if (!comingAlong.isEmpty()) {
      words.append("; main's other databases come too, closed to everybody: ").append(comingAlong);
    }
    return words.toString();
  }
}
