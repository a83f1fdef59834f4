package org.gemel.demo.workload;

/** What a device does with an item. */
public enum Act {
  CREATE,
  UPDATE,
  RENAME,
  DELETE
}
