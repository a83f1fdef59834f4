package org.gemel.bench.database;

import java.io.IOException;
import java.util.Map;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.Outcome;
import org.gemel.bench.process.Timed;

/** PostgreSQL's own dump, read by one of its tools at the other server while it is written. */
public record Dump(String name, String options, String into, Access from, Access to, Timed timed)
    implements Copier {
  private static final String PSQL = "psql -qAtX -v ON_ERROR_STOP=1 -o /dev/null";

  public static Dump plain(Access from, Access to, Timed timed) {
    return new Dump("pg_dump | psql", "", PSQL, from, to, timed);
  }

  public static Dump custom(Access from, Access to, Timed timed) {
    return new Dump(
        "pg_dump -Fc -Z0 | pg_restore", "-Fc -Z0", "pg_restore --exit-on-error", from, to, timed);
  }

  static Dump definitions(Access from, Access to, Timed timed) {
    return new Dump("pg_dump --schema-only", "--schema-only", PSQL, from, to, timed);
  }

  @Override
  public boolean follows() {
    return false;
  }

  @Override
  public void copy() throws IOException, InterruptedException {
    String line =
        "set -o pipefail; pg_dump --no-publications --no-subscriptions -N gemel "
            + options
            + place(from)
            + " | PGPASSWORD=$TO_PASSWORD "
            + into
            + place(to);
    Outcome outcome =
        timed.run(
            Launch.of("bash", "-c", line)
                .with(
                    Map.of(
                        "PATH",
                        Programs.folder() + ":" + System.getenv("PATH"),
                        "PGPASSWORD",
                        from.password(),
                        "TO_PASSWORD",
                        to.password())));
    if (outcome.exit() != 0) {
      throw new IOException(name + " failed: " + outcome.complaint());
    }
  }

  private static String place(Access access) {
    return " -h 127.0.0.1 -p "
        + access.port()
        + " -U "
        + access.user()
        + " -d "
        + access.database();
  }
}
