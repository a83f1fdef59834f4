package org.gemel.database;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a subscription names main: the form of PostgreSQL's own library, written and read by us. */
final class ConnectionString {
  private static final Pattern PART = Pattern.compile("(\\w+)=(?:'((?:[^'\\\\]|\\\\.)*)'|(\\S*))");

  private ConnectionString() {}

  static String of(MainConnection main) {
    return "host="
        + Sql.connectionValue(main.address().host())
        + " port="
        + main.address().port()
        + " dbname="
        + Sql.connectionValue(main.address().database())
        + " user="
        + Sql.connectionValue(main.replication().user())
        + " password="
        + Sql.connectionValue(main.replication().password())
        + " connect_timeout=5";
  }

  static MainConnection parse(String text) throws DatabaseFailure {
    Map<String, String> values = new HashMap<>();
    Matcher matcher = PART.matcher(text);
    while (matcher.find()) {
      String quoted = matcher.group(2);
      values.put(
          matcher.group(1), quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
    }
    return new MainConnection(
        new DatabaseAddress(
            value(values, "host"),
            Integer.parseInt(value(values, "port")),
            value(values, "dbname")),
        new Credentials(value(values, "user"), value(values, "password")));
  }

  private static String value(Map<String, String> values, String name) throws DatabaseFailure {
    String value = values.get(name);
    if (value == null) {
      throw DatabaseFailure.refused(
          "a subscription whose connection names no " + name,
          "one made by Gemel",
          "start the replication again");
    }
    return value;
  }
}
