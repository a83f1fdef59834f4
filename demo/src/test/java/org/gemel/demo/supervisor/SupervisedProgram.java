package org.gemel.demo.supervisor;

import java.util.concurrent.CountDownLatch;
import org.gemel.cli.ParentWatch;

/** A child that does nothing but end with its supervisor, as the main class of gemel does. */
final class SupervisedProgram {
  private SupervisedProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    ParentWatch.startIfAsked(System.getenv());
    System.out.println("running");
    new CountDownLatch(1).await();
  }
}
