package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.ChildPass;
import org.gemel.mirror.MirrorIndex;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;

/** A pass in a process of its own that sends itself SIGKILL before its n-th system call. */
final class DyingPass {
  private static final int KILLED = 128 + 9;

  private DyingPass() {}

  public static void main(String[] arguments) {
    long point = Long.parseLong(arguments[2]);
    InterposedKernel.install(
        call -> {
          if (call.number() == point) {
            Libc.killMyself();
          }
          return Answer.TRUTH;
        });
    TreeMirror.run(
        MirrorRequest.of(new TreeRoot(arguments[0]), new TreeRoot(arguments[1]))
            .withIndex(new MirrorIndex(Path.of(arguments[3]), true)),
        MirrorListener.NONE);
  }

  /** Runs one on the pass that is due; false if it made fewer calls and lived. */
  static boolean diesAt(TwoStates states, long point) throws Exception {
    List<String> command = new ArrayList<>(ChildPass.java("-Dgemel.test.faults=true"));
    command.addAll(
        List.of(
            DyingPass.class.getName(),
            states.source().toString(),
            states.target().toString(),
            Long.toString(point),
            states.index().toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as(said).isIn(0, KILLED);
    return process.exitValue() == KILLED;
  }
}
