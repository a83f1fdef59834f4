package org.gemel.cli.mirror;

/** How a command writes its result on standard output. */
enum ResultFormat {
  text,
  json,
  yaml
}
