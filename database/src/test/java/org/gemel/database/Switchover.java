package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A switch that turns the replication round, as a row of acts that each may be repeated. */
final class Switchover {
  /** One act on one side. */
  record Act(String name, Newsroom.Side side, Doing doing) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** What an act does. */
  interface Doing {
    void perform() throws Exception;
  }

  final List<Act> acts = new ArrayList<>();
  private List<SequenceValue> sequences = List.of();
  private Turned turned = new Turned(false, "not yet");

  Switchover(Newsroom newsroom, Newsroom.Side from, Newsroom.Side to, long epoch) {
    add("hold", from, () -> from.database.hold(Duration.ofMillis(300)));
    add("lastPosition", from, from.database::lastPosition);
    add("confirmed", from, () -> awaitLast(newsroom, from));
    add("sequences", from, () -> sequences = from.database.sequences());
    add("setSequences", to, () -> to.database.setSequences(sequences));
    add("turn", to, () -> turned = to.database.turn(from.asMain()));
    add("unpublish", from, from.database::unpublish);
    add("markBackup", from, () -> from.database.markBackup(epoch));
    add("openAsMain", to, () -> to.database.openAsMain(epoch));
    add("follow", from, () -> from.database.follow(to.asMain(), epoch));
  }

  private void add(String name, Newsroom.Side side, Doing doing) {
    acts.add(new Act(name, side, doing));
  }

  Turned turned() {
    return turned;
  }

  void perform() throws Exception {
    for (Act act : acts) {
      act.doing().perform();
    }
  }

  /** Up to this act, and with it. */
  void performTo(String last) throws Exception {
    for (Act act : acts) {
      act.doing().perform();
      if (act.name().equals(last)) {
        return;
      }
    }
    throw new AssertionError("no act " + last);
  }

  void performAfter(String first) throws Exception {
    boolean after = false;
    for (Act act : acts) {
      if (after) {
        act.doing().perform();
      }
      after |= act.name().equals(first);
    }
    assertThat(after).isTrue();
  }

  private static void awaitLast(Newsroom newsroom, Newsroom.Side from) throws Exception {
    Newsroom.Side to = from == newsroom.x ? newsroom.y : newsroom.x;
    if (to.number("SELECT count(*) FROM pg_subscription") > 0) {
      WalPosition last = from.database.lastPosition();
      Newsroom.await(
          "confirmation of " + last,
          () -> from.database.confirmed(last) instanceof Confirmation.Reached);
    }
  }
}
