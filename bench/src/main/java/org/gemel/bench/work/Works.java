package org.gemel.bench.work;

import java.util.List;

/** All works, in the order they are done. */
public final class Works {
  private Works() {}

  public static List<Work> all() {
    return List.of(
        CopyWork.large(),
        CopyWork.small(),
        new NoChangeWork(),
        new FollowWork(),
        new DeltaWork(),
        new MemoryWork(),
        new SwitchWork(),
        new ReverseWork(),
        new StartWork(),
        new SteadyWork());
  }
}
