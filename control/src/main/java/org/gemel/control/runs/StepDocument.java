package org.gemel.control.runs;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gemel.control.api.StepKind;
import org.gemel.control.api.StepState;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run as it is journalled.
 *
 * @param attempt how often it was begun; part of the ids of its commands
 * @param roleEpoch the epoch of the role change it makes, drawn when it was begun
 * @param remembered what it worked out once, by name
 */
public record StepDocument(
    String key,
    StepSpec spec,
    String sentence,
    StepKind kind,
    StepState state,
    int attempt,
    long roleEpoch,
    Map<String, List<String>> remembered,
    String words,
    String by,
    @Nullable Instant begunAt,
    @Nullable Instant endedAt) {

  static StepDocument pending(String key, StepSpec spec, String sentence, StepKind kind) {
    return new StepDocument(
        key, spec, sentence, kind, StepState.PENDING, 0, 0, Map.of(), "", "", null, null);
  }

  StepDocument begun(long newRoleEpoch, String who, Instant now) {
    return new StepDocument(
        key,
        spec,
        sentence,
        kind,
        StepState.BEGUN,
        attempt + 1,
        newRoleEpoch,
        kept(),
        "",
        who,
        now,
        null);
  }

  /** Begun and done at once, because there was nothing to do. */
  StepDocument idle(String newWords, String who, Instant now) {
    return begun(0, who, now).ended(StepState.DONE, newWords, who, now);
  }

  /**
   * What outlives a failed attempt: an attempt after an undo, or a first one, begins with nothing.
   */
  private Map<String, List<String>> kept() {
    Map<String, List<String>> kept = new HashMap<>();
    if (state == StepState.FAILED) {
      remembered.forEach(
          (name, value) -> {
            if (name.startsWith("kept-")) {
              kept.put(name, value);
            }
          });
    }
    return Map.copyOf(kept);
  }

  StepDocument remembering(String name, List<String> value) {
    Map<String, List<String>> more = new HashMap<>(remembered);
    more.put(name, List.copyOf(value));
    return new StepDocument(
        key,
        spec,
        sentence,
        kind,
        state,
        attempt,
        roleEpoch,
        Map.copyOf(more),
        words,
        by,
        begunAt,
        endedAt);
  }

  /** The same step, which may drop what that list names. */
  StepDocument dropping(String list) {
    return new StepDocument(
        key,
        spec.dropping(list),
        sentence,
        kind,
        state,
        attempt,
        roleEpoch,
        remembered,
        words,
        by,
        begunAt,
        endedAt);
  }

  StepDocument performed(String newWords) {
    return with(StepState.PERFORMED, newWords, by, null);
  }

  StepDocument ended(StepState newState, String newWords, String who, Instant now) {
    StepDocument ended = with(newState, newWords, who, now);
    return newState == StepState.UNDONE ? ended.forgetting() : ended;
  }

  /** To be done again; the count of attempts goes on, for it makes the ids of its commands. */
  StepDocument again() {
    return with(StepState.PENDING, "", by, null);
  }

  /** What was taken back leaves nothing to build on. */
  private StepDocument forgetting() {
    return new StepDocument(
        key, spec, sentence, kind, state, attempt, roleEpoch, Map.of(), words, by, begunAt,
        endedAt);
  }

  private StepDocument with(
      StepState newState, String newWords, String who, @Nullable Instant newEndedAt) {
    return new StepDocument(
        key,
        spec,
        sentence,
        kind,
        newState,
        attempt,
        roleEpoch,
        remembered,
        newWords,
        who,
        begunAt,
        newEndedAt);
  }
}
