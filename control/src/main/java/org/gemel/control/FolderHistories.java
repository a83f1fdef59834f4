package org.gemel.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gemel.control.api.FolderHistory;
import org.gemel.control.runs.OrderDesk;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Site;
import org.gemel.core.Component;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.FolderPass;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.ReadFolderHistory;
import org.jspecify.annotations.Nullable;

/**
 * The passes that the NAS heads remember, asked of them when somebody wants to see them: they made
 * the passes, so they know them also of times when there was no control point. Who does not answer
 * is named, never left out silently.
 */
final class FolderHistories {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST = 200;

  private final Site site;
  private final OrderDesk desk;

  FolderHistories(Site site, OrderDesk desk) {
    this.site = site;
    this.desk = desk;
  }

  /**
   * Newest first.
   *
   * @param profile of this one only; null: of all
   */
  FolderHistory newest(@Nullable String profile, int limit) {
    int most = Math.clamp(limit, 1, MOST);
    List<String> silent = new ArrayList<>();
    List<FolderHistory.Pass> passes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> heads =
          site.carrying(Component.NAS_HEAD).stream().map(DeviceDocument::name).toList();
      List<Future<Optional<Outcome>>> answers =
          heads.stream().map(head -> threads.submit(asking(head, profile, most))).toList();
      for (int i = 0; i < heads.size(); i++) {
        Optional<Outcome> answer = await(answers.get(i));
        if (answer.isEmpty() || !answer.get().getDone()) {
          silent.add(heads.get(i));
        } else {
          answer.get().getHistoryList().forEach(pass -> passes.add(pass(pass)));
        }
      }
    }
    return new FolderHistory(
        passes.stream()
            .sorted(
                Comparator.comparing(
                    FolderHistory.Pass::ended, Comparator.nullsLast(Comparator.reverseOrder())))
            .limit(most)
            .toList(),
        List.copyOf(silent));
  }

  /** One NAS head's answer; empty if it does not give one. */
  private Callable<Optional<Outcome>> asking(String head, @Nullable String profile, int limit) {
    return () -> {
      if (!site.reachable(head)) {
        return Optional.empty();
      }
      String id = "folder-history/" + UUID.randomUUID();
      Command command =
          Command.newBuilder()
              .setId(id)
              .setReadFolderHistory(
                  ReadFolderHistory.newBuilder()
                      .setProfile(profile == null ? "" : profile)
                      .setLimit(limit))
              .build();
      try {
        Outcome outcome = desk.order(head, command, PATIENCE);
        desk.seen(head, id);
        return Optional.of(outcome);
      } catch (StepFailure noAnswer) {
        return Optional.empty();
      }
    };
  }

  private static Optional<Outcome> await(Future<Optional<Outcome>> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a NAS head could not be asked", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static FolderHistory.Pass pass(FolderPass pass) {
    return new FolderHistory.Pass(
        pass.getProfile(),
        WireSides.fromWire(pass.getFrom()).orElse(null),
        instant(pass.getStartedMilliseconds()),
        instant(pass.getEndedMilliseconds()),
        pass.getOutcome(),
        pass.getEqual(),
        pass.getFiles(),
        pass.getBytes(),
        pass.getCreated(),
        pass.getUpdated(),
        pass.getRenamed(),
        pass.getDeleted(),
        pass.getFailed(),
        pass.getBytesMoved(),
        pass.getWords());
  }

  private static @Nullable Instant instant(long milliseconds) {
    return milliseconds == 0 ? null : Instant.ofEpochMilli(milliseconds);
  }
}
