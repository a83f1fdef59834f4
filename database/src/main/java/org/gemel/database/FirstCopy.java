package org.gemel.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/** The first copy of a backup, from the calls of whoever wants it done to {@link Copying}. */
final class FirstCopy {
  private final DatabaseServer server;
  private final DatabaseSettings settings;

  FirstCopy(DatabaseServer server, DatabaseSettings settings) {
    this.server = server;
    this.settings = settings;
  }

  /** As of {@link DatabaseServer#copy}. */
  void perform(CopyPace pace, Consumer<InitialSync> progress) throws DatabaseFailure {
    copying(pace, progress, Copying::perform);
  }

  /** As of {@link DatabaseServer#initialSync}. */
  InitialSync sync() throws DatabaseFailure {
    // The usual look takes one session only.
    Optional<InitialSync> sync =
        server.read(
            session -> {
              Subscription subscription = new Subscription(session, settings);
              return subscription.mainOfStuckCopy().isEmpty()
                      && new CopyNotes(session).underway().isEmpty()
                  ? Optional.of(subscription.initialSync())
                  : Optional.empty();
            });
    return sync.isPresent() ? sync.get() : goOn();
  }

  private InitialSync goOn() throws DatabaseFailure {
    Optional<MainConnection> stuck =
        server.read(session -> new Subscription(session, settings).mainOfStuckCopy());
    if (stuck.isPresent()) {
      server.subscribe(stuck.get(), Copying.NO_COMMAND);
    }
    if (server.read(session -> new CopyNotes(session).underway().isPresent())) {
      copying(CopyPace.standard(), _ -> {}, Copying::goOn);
    }
    return server.read(session -> new Subscription(session, settings).initialSync());
  }

  private interface Copy {
    void with(Copying copying) throws SQLException, DatabaseFailure;
  }

  private void copying(CopyPace pace, Consumer<InitialSync> progress, Copy copy)
      throws DatabaseFailure {
    try {
      copy.with(
          new Copying(
              settings,
              change ->
                  server.change(
                      session -> {
                        change.perform(session);
                        return true;
                      }),
              pace,
              progress));
    } catch (SQLException e) {
      throw server.failure(e);
    }
  }
}
