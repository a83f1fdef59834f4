package org.gemel.ledger;

import java.util.regex.Pattern;

/**
 * Where a document is and what it is.
 *
 * @param folder such as {@code runs}; letters, digits, dot and dash, levels parted by a slash
 * @param name the document's name in that folder
 * @param type the record it holds
 */
public record Key<T>(String folder, String name, Class<T> type) {
  private static final Pattern FOLDER =
      Pattern.compile("[a-z0-9][a-z0-9.-]*(/[A-Za-z0-9_@][A-Za-z0-9._@-]*)*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@][A-Za-z0-9._@-]{0,99}");

  public Key {
    if (!FOLDER.matcher(folder).matches()) {
      throw new IllegalArgumentException("found folder '" + folder + "', wanted " + FOLDER);
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "found the name '"
              + name
              + "', wanted up to 100 letters, digits, dots, dashes, underscores or @, the first a letter,"
              + " digit, underscore or @");
    }
  }

  String path() {
    return "/" + folder + "/" + name;
  }
}
