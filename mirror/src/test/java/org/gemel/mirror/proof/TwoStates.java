package org.gemel.mirror.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gemel.mirror.MirrorIndex;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.Shell;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.TreeRoot;

/**
 * Two small trees that differ in every way trees can differ, and a target that is led from one to
 * the other and back. So each pass has all kinds of changes to make, and nothing has to be set up
 * again between them.
 */
final class TwoStates {
  private static final String BOTH =
      """
      printf same > same; mkdir -p sub/deep calm; printf x > sub/deep/x; printf calm > calm/down; printf g > group
      printf mode > mode; printf owner > owner; printf time > time; touch -d @1000.5 time
      printf attribute > attribute; printf one > linked1; mkdir folder-mode folder-time
      ln -s sub way; touch -h -d @2000.25 way; printf 'odd' > $'no\\xfftext'; printf nl > $'new\\nline'
      mkdir shut; printf in > shut/in
      """;
  private static final String ONE =
      """
      printf 'old content' > changed; printf 'short' > grown; head -c 300000 /dev/zero | tr '\\0' a > large
      printf gone > only-one; mkdir -p tree-one/a/b; printf 1 > tree-one/a/f; printf 2 > tree-one/a/b/g
      printf file > file-or-folder; mkdir folder-or-file; printf in > folder-or-file/in
      printf file > file-or-link; ln -s elsewhere link-or-file; ln -s sub link-or-folder
      mkdir folder-or-link; printf in > folder-or-link/in
      ln linked1 linked2; printf apart > joined1; printf apart > joined2
      printf aaa > swap1; printf bbbb > swap2; ln -s one pointing; : > empty
      truncate -s 400000 sparse; printf end >> sparse
      chmod 0640 mode; chmod 0700 folder-mode; touch -d @3000.125 folder-time
      printf old > $'changed\\xfe'; printf old > sub/deep/changed; printf s > setuid; chmod 4755 setuid
      printf 'old in shut' > shut/changed; printf ro > readonly; chmod 0400 readonly
      setfattr -n user.note -v 1 attribute 2>/dev/null || true
      chmod 0555 shut
      """;
  private static final String TWO =
      """
      printf 'new content' > changed; printf 'very much longer' > grown; head -c 280000 /dev/zero | tr '\\0' b > large
      printf new > only-two; mkdir -p tree-two/c/d; printf 3 > tree-two/c/f; printf 4 > tree-two/c/d/g
      mkdir file-or-folder; printf in > file-or-folder/in; printf now > folder-or-file
      ln -s elsewhere file-or-link; printf now > link-or-file; mkdir link-or-folder; printf in > link-or-folder/in
      ln -s sub folder-or-link; printf one > linked2
      printf together > joined1; ln joined1 joined2
      printf bbbb > swap1; printf aaa > swap2; ln -s two pointing; printf full > empty
      truncate -s 300000 sparse; printf other >> sparse
      chmod 0604 mode; chmod 0750 folder-mode; touch -d @4000.375 folder-time; touch -d @5000.625 time
      printf new > $'changed\\xfe'; printf new > sub/deep/changed; printf st > setuid; chmod 2755 setuid
      printf 'new in shut' > shut/changed; printf wr > readonly; chmod 0600 readonly
      setfattr -n user.note -v 2 attribute 2>/dev/null || true; setfattr -n user.more -v 3 same 2>/dev/null || true
      touch -h -d @6000 way; if [ $(id -u) = 0 ]; then chown 1234:4321 owner sub; chown -h 12:34 way; fi
      """;

  private final Path one;
  private final Path two;
  private final Path target;
  private final Snapshot ofOne;
  private final Snapshot ofTwo;
  private final boolean remembered;
  private boolean atTwo;

  /**
   * The target begins as the first tree.
   *
   * @param remembered whether passes have an index they trust; one for either way
   */
  TwoStates(Path folder, boolean remembered) throws IOException {
    this.remembered = remembered;
    one = Files.createDirectory(folder.resolve("one"));
    two = folder.resolve("two");
    target = Files.createDirectory(folder.resolve("target"));
    Shell.run(one, BOTH + "cp -a . ../two\n" + ONE);
    Shell.run(two, TWO);
    ofOne = Snapshot.of(one);
    ofTwo = Snapshot.of(two);
    atTwo = true;
    mirror();
    next();
    Judge.proveAlike(one, target, "at first");
  }

  Path one() {
    return one;
  }

  Path source() {
    return atTwo ? one : two;
  }

  Path target() {
    return target;
  }

  /** What a pass is to do now: away from the tree the target is at. */
  MirrorRequest request() {
    MirrorRequest request = MirrorRequest.of(TreeRoot.of(source()), TreeRoot.of(target));
    return remembered ? request.withIndex(new MirrorIndex(index(), true)) : request;
  }

  /** Where the pair of this way is remembered. */
  Path index() {
    return target.resolveSibling("index-of-" + source().getFileName());
  }

  boolean isRemembered() {
    return remembered;
  }

  MirrorReport mirror() {
    return TreeMirror.run(request(), MirrorListener.NONE);
  }

  /** The target has arrived; the next pass leads back. */
  void next() {
    atTwo = !atTwo;
  }

  Snapshot before() {
    return atTwo ? ofTwo : ofOne;
  }

  Snapshot wanted() {
    return atTwo ? ofOne : ofTwo;
  }

  /** How the target differs from what it should be. */
  Map<Path, String> missing() throws IOException {
    return wanted().differences(Snapshot.of(target).mirrored());
  }

  /** Whether both sources are to the last detail as they were. */
  boolean sourcesUntouched() throws IOException {
    return ofOne.equals(Snapshot.of(one)) && ofTwo.equals(Snapshot.of(two));
  }
}
