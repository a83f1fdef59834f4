package org.gemel.agent.mount;

import org.gemel.agent.base.Answer;
import org.gemel.core.Side;
import org.gemel.wire.protocol.MountState;

/**
 * The one place through which a device works with a storage system. It leads to one side or to
 * none, and where it leads is proven by reading what the volume there says of itself.
 */
public interface Mount {
  /** Leads to this side; done only once the right volume was opened through the mount. */
  Answer attach(Side side);

  /**
   * Leads nowhere; done only once no process of the device's services has anything of either volume
   * open. Refused, the mount leads nowhere all the same, and the words say who holds what.
   */
  Answer release();

  /** Where it leads now, read anew; with words where that is not proven. */
  MountState current();

  /**
   * Opens the volume of a side without changing anything; refused, the words say what was tried.
   */
  Answer reach(Side side);
}
