package org.gemel.agent.mount;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.gemel.agent.base.Answer;
import org.gemel.agent.base.DurableFile;
import org.gemel.core.Side;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.MountState;

/**
 * A mount that is a symbolic link. It is repointed by renaming a new link over the old one, so at
 * every moment it leads wholly to one volume or to none.
 *
 * <p>Where it leads is never remembered. On release the link goes first and only then the processes
 * are looked at: the other way round a file could be opened between the two.
 */
public final class LinkMount implements Mount {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path link;
  private final Map<Side, VolumePlace> places = new EnumMap<>(Side.class);
  private final Supplier<Set<Long>> processes;
  private final VolumeProof proof;

  /**
   * @param link the symbolic link the device's services work through
   * @param processes numbers of all living processes of the device's services
   */
  public LinkMount(Path link, VolumePlace x, VolumePlace y, Supplier<Set<Long>> processes) {
    this(link, x, y, processes, PATIENCE);
  }

  LinkMount(
      Path link, VolumePlace x, VolumePlace y, Supplier<Set<Long>> processes, Duration patience) {
    this.link = link.toAbsolutePath().normalize();
    places.put(Side.X, x);
    places.put(Side.Y, y);
    this.processes = processes;
    proof = new VolumeProof(patience);
  }

  @Override
  public synchronized Answer attach(Side side) {
    Answer reached = reach(side);
    if (!reached.done()) {
      return reached;
    }
    List<String> held = OpenBelow.held(processes, List.of(place(side.other()).folder()));
    if (!held.isEmpty()) {
      return Answer.refused(stillHeld(held));
    }
    try {
      if (isForeign()) {
        return Answer.refused(foreign());
      }
      Path beside = DurableFile.beside(link);
      Files.deleteIfExists(beside);
      Files.createSymbolicLink(beside, place(side).folder());
      Files.move(beside, link, StandardCopyOption.ATOMIC_MOVE);
      syncFolder();
    } catch (IOException e) {
      return failed("lead to " + side, e);
    }
    return proof.prove(link, side, place(side));
  }

  @Override
  public synchronized Answer release() {
    try {
      if (isForeign()) {
        return Answer.refused(foreign());
      }
      Files.deleteIfExists(link);
      syncFolder();
    } catch (IOException e) {
      return failed("lead nowhere", e);
    }
    List<String> held =
        OpenBelow.held(processes, places.values().stream().map(VolumePlace::folder).toList());
    return held.isEmpty()
        ? Answer.done(
            link + " leads nowhere, and no process of this device's services holds anything")
        : Answer.refused(stillHeld(held));
  }

  @Override
  public MountState current() {
    MountState.Builder state = MountState.newBuilder();
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      return state.build();
    }
    if (isForeign()) {
      return state.setWords(foreign()).build();
    }
    try {
      Path target = Files.readSymbolicLink(link);
      Optional<Side> side =
          places.entrySet().stream()
              .filter(it -> it.getValue().folder().equals(target))
              .map(Map.Entry::getKey)
              .findFirst();
      if (side.isEmpty()) {
        return state
            .setWords("found that " + link + " leads to " + target + ", wanted " + places.values())
            .build();
      }
      Answer proven = proof.prove(link, side.get(), place(side.get()));
      return state
          .setSide(WireSides.toWire(side.get()))
          .setProven(proven.done())
          .setWords(proven.done() ? "" : proven.words())
          .build();
    } catch (IOException e) {
      return state.setWords("found " + link + " unreadable (" + e + "), wanted a link").build();
    }
  }

  @Override
  public Answer reach(Side side) {
    return proof.prove(place(side).folder(), side, place(side));
  }

  private VolumePlace place(Side side) {
    VolumePlace place = places.get(side);
    if (place == null) {
      throw new IllegalStateException("no place for side " + side);
    }
    return place;
  }

  private boolean isForeign() {
    return Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link);
  }

  private String foreign() {
    return "found a file or folder at "
        + link
        + ", wanted a symbolic link: move away what is there";
  }

  private void syncFolder() throws IOException {
    Path folder = link.getParent();
    if (folder != null) {
      DurableFile.syncFolder(folder);
    }
  }

  private Answer failed(String wanted, IOException e) {
    return Answer.refused(
        "found that "
            + link
            + " cannot be changed ("
            + e
            + "), wanted it to "
            + wanted
            + ": see to its folder");
  }

  private static String stillHeld(List<String> held) {
    return "found that "
        + String.join(", ", held)
        + ", wanted nothing of the volume held any more: stop the services or end these processes,"
        + " then try again";
  }
}
