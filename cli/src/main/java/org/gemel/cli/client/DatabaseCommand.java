package org.gemel.cli.client;

import java.util.List;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.cli.Output;
import org.gemel.control.api.ComparisonOrder;
import org.gemel.control.api.CopyStatus;
import org.gemel.control.api.DatabaseCheck;
import org.gemel.control.api.Operation;
import org.gemel.control.api.PairStatus;
import org.gemel.control.api.SideStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The newsroom databases. */
@Command(
    name = "database",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The newsroom databases: roles and replication.",
    footer = {
      "",
      "Examples:",
      "  gemel database check",
      "  gemel database start X --confirm Y    replicate from X, overwriting Y"
    })
final class DatabaseCommand {
  @Command(
      description = "Shows both databases and the replication.",
      footer = {"", "Example:", "  gemel database status -o json"})
  int status(@Mixin ConnectionOptions connection) {
    Output output = connection.output();
    PairStatus status = connection.client().get("/status", PairStatus.class);
    output.data(
        Output.JSON.writeValueAsString(List.of(status.x().database(), status.y().database())),
        () -> {
          StatusText text = new StatusText(output);
          text.side(status.x());
          text.side(status.y());
          output.line(
              "replication " + status.replication().state() + ": " + status.replication().words());
          for (SideStatus side : List.of(status.x(), status.y())) {
            CopyStatus copy = side.database().copy();
            if (copy != null) {
              new CopyText(output).show(side.side(), copy);
            }
          }
        });
    return 0;
  }

  @Command(
      description = {
        "Looks both databases over: could a replication be started, what stands against it, and"
            + " what cures that. Changes nothing.",
        "SIDE is the one that would be copied; without it, the main one.",
        "Exit: 0 ready, 3 not ready or not known; with --nagios 0 to 3 as that world does."
      },
      footer = {"", "Examples:", "  gemel database check", "  gemel database check X -o json"})
  int check(
      @Mixin ConnectionOptions connection,
      @Option(
              names = "--nagios",
              description = "one line, and exit 0 OK, 1 warning, 2 critical, 3 unknown")
          boolean nagios,
      @Parameters(paramLabel = "SIDE", arity = "0..1") @Nullable String side) {
    String path = "/database/check" + (side == null ? "" : "?from=" + Operations.side(side));
    if (nagios) {
      return DatabaseCheckText.nagios(connection.output(), connection.client(), path);
    }
    String json = connection.client().get(path);
    DatabaseCheck check = ControlClient.read(json, DatabaseCheck.class);
    Output output = connection.output();
    output.data(json, () -> new DatabaseCheckText(output).show(check));
    return check.state().equals("READY") ? ExitCode.DONE.code() : ExitCode.NOT_READY.code();
  }

  @Command(
      name = "set-main",
      description = "Lets clients write to the database of SIDE.",
      footer = {"", "Example:", "  gemel database set-main Y"})
  int setMain(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "SIDE") String side) {
    return new Operations(connection, change).run("database-set-main", side, List.of());
  }

  @Command(
      name = "set-backup",
      description = "Lets no client write to the database of SIDE.",
      footer = {"", "Example:", "  gemel database set-backup X"})
  int setBackup(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "SIDE") String side) {
    return new Operations(connection, change).run("database-set-backup", side, List.of());
  }

  @Command(
      description = {
        "Starts replication from SIDE; overwrites the other database whole.",
        "First that one gets the definitions of SIDE; what SIDE does not have at all is dropped only"
            + " with --drop. --dry-run lists both.",
        "With --physical the other side's whole database server becomes a copy of that of SIDE, where"
            + " its agent's file has a block for it: much faster, and all that this server holds"
            + " goes. --physical --dry-run lists that, with the HASH that approves it."
      },
      footer = {
        "",
        "Examples:",
        "  gemel database start X --dry-run",
        "  gemel database start X --confirm Y",
        "  gemel database start X --confirm Y --physical"
      })
  int start(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(
              names = "--drop",
              paramLabel = "HASH",
              description = "the list of what only the other database has, which may be dropped")
          @Nullable String drop,
      @Option(
              names = "--physical",
              description = "by a physical copy of the whole database server of SIDE")
          boolean physical,
      @Option(
              names = "--overwrite-server",
              paramLabel = "HASH",
              description =
                  "with --physical: the list of what the other server holds, which may be"
                      + " overwritten")
          @Nullable String server,
      @Parameters(paramLabel = "SIDE") String side) {
    if ((server != null && !physical) || (drop != null && physical)) {
      throw new Failure(
          ExitCode.USAGE,
          physical
              ? "found --drop with --physical, wanted --overwrite-server: all of that server goes"
              : "found --overwrite-server without --physical, wanted both or neither");
    }
    if (physical) {
      return new Operations(connection, change)
          .run(
              Operation.copyingServer(
                  Operations.side(side), change.confirm(), change.preview(), server));
    }
    return new Operations(connection, change)
        .run(
            new Operation(
                    "database-start",
                    Operations.side(side),
                    List.of(),
                    change.confirm(),
                    change.preview())
                .dropping(drop));
  }

  @Command(
      description = {
        "Brings the backup that follows to main's form again, after tables of main were made,"
            + " altered or dropped: alters it alike, and copies those tables again whose rows were"
            + " missed, while clients work.",
        "SIDE is the main one, and need not be named. `gemel database check` shows what differs."
      },
      footer = {"", "Example:", "  gemel database heal --confirm Y"})
  int heal(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "SIDE", arity = "0..1") @Nullable String side) {
    return new Operations(connection, change).run("database-heal", side, List.of());
  }

  @Command(
      description = {
        "What the other database would lose if the sides of a split were joined again with SIDE as"
            + " main; changes nothing. Prints the HASH that approves it."
      },
      footer = {
        "",
        "Examples:",
        "  gemel database preview X",
        "  gemel database preview X --export /var/tmp/lost    rows as CSV and SQL, on Y's host"
      })
  int preview(
      @Mixin ConnectionOptions connection,
      @Option(
              names = "--export",
              paramLabel = "DIR",
              description =
                  "a new folder on the other side's database host: all that would be lost")
          @Nullable String export,
      @Parameters(paramLabel = "SIDE", description = "the one that will be main") String side) {
    return DatabasePreviewText.show(connection, side, export);
  }

  @Command(
      description = {
        "Joins the sides of a split again with SIDE as main: what the other database changed since"
            + " is overwritten, and only that where it is cheaper than to copy everything."
      },
      footer = {"", "Example:", "  gemel database rejoin X --confirm Y --preview HASH"})
  int rejoin(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "SIDE", description = "the main one") String side) {
    return new Operations(connection, change).run("database-rejoin", side, List.of());
  }

  @Command(
      description = {
        "Compares every row of main with the backup's while clients work; changes nothing. Names the"
            + " tables and ranges of keys that differ. Cut off, it goes on where it stood.",
        "Exit: 0 equal, 1 not equal or not all could be compared."
      },
      footer = {
        "",
        "Examples:",
        "  gemel database compare",
        "  gemel database compare --share 10 --rows-per-second 5000"
      })
  int compare(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(
              names = "--rows-per-second",
              paramLabel = "N",
              description = "at most so many of main's (default: no limit)")
          int rowsPerSecond,
      @Option(
              names = "--share",
              paramLabel = "PERCENT",
              description =
                  "read for so much of the time, 1 to 100 (default: compareShare of the agent's"
                      + " file, 50 without it)")
          int share,
      @Option(
              names = "--anew",
              description = "begin anew, and do not go on with one that was cut off")
          boolean anew) {
    ComparisonOrder order;
    try {
      order = new ComparisonOrder(rowsPerSecond, share, anew);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    int code = new Operations(connection, change).run(Operation.comparing(order));
    return code == ExitCode.STOPPED.code() ? ExitCode.FAILED.code() : code;
  }

  @Command(
      description = {
        "Overwrites rows of the database of SIDE, the backup, that the last comparison found"
            + " otherwise than main's, and only those, while clients work and it follows; then"
            + " compares them once more.",
        "--dry-run says which tables and ranges, and how many rows."
      },
      footer = {
        "",
        "Examples:",
        "  gemel database repair Y --dry-run",
        "  gemel database repair Y --confirm Y"
      })
  int repair(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "SIDE", description = "the backup") String side) {
    return new Operations(connection, change).run("database-repair", side, List.of());
  }

  @Command(
      description = {
        "Stops replication from SIDE, the main one, once the backup has everything.",
        "What does not run, or lost its other side, is taken down at each end that answers."
      },
      footer = {"", "Example:", "  gemel database stop X"})
  int stop(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "SIDE") String side) {
    return new Operations(connection, change).run("database-stop", side, List.of());
  }
}
