package org.gemel.mirror.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.gemel.mirror.Shell;
import org.junit.jupiter.api.Assumptions;

/** Volumes mounted by a test, which only root may do. All are gone when it is closed. */
final class Volumes implements AutoCloseable {
  private final Path folder;
  private final Deque<Path> mounted = new ArrayDeque<>();

  /**
   * @param folder a folder of the test's own, for mount points and images
   */
  Volumes(Path folder) {
    Assumptions.assumeTrue(Shell.isRoot(), "needs root, to mount volumes");
    Assumptions.assumeTrue(
        succeeds("mkdir probe && mount -t tmpfs -o size=64k none probe && umount probe", folder),
        "this machine lets not even root mount a tmpfs");
    this.folder = folder;
  }

  /** A volume in memory over a folder, which is made if it is missing. */
  Path inMemory(String name, String size) throws IOException {
    Path point = Files.createDirectories(folder.resolve(name));
    Shell.run(folder, "mount -t tmpfs -o mode=755,size=\"$1\" none \"$2\"", size, point.toString());
    mounted.push(point);
    return point;
  }

  /** A volume in a file of this machine's disk, made by a program of a file system's tools. */
  Path inImage(String name, String size, String makeFileSystem) throws IOException {
    String program = makeFileSystem.substring(0, makeFileSystem.indexOf(' '));
    Assumptions.assumeTrue(Shell.has(program), program + " is not installed");
    Path image = folder.resolve(name + ".image");
    Path point = Files.createDirectories(folder.resolve(name));
    Shell.run(folder, "truncate -s \"$1\" \"$2\"", size, image.toString());
    Shell.run(folder, makeFileSystem + " \"$1\"", image.toString());
    boolean can = succeeds("mount -o loop " + image + " " + point, folder);
    Assumptions.assumeTrue(can, "this machine cannot mount an image made by " + program);
    mounted.push(point);
    return point;
  }

  /** A volume that takes names that differ in case for the same. */
  Path ignoringCase(String name) throws IOException {
    Assumptions.assumeTrue(
        Shell.has("lowntfs-3g") && Shell.has("mkntfs"), "ntfs-3g is not installed");
    Path image = folder.resolve(name + ".image");
    Path point = Files.createDirectories(folder.resolve(name));
    Shell.run(folder, "truncate -s 16M \"$1\" && mkntfs -q -F -f \"$1\"", image.toString());
    boolean can = succeeds("lowntfs-3g -o ignore_case,permissions " + image + " " + point, folder);
    Assumptions.assumeTrue(can, "this machine cannot mount by FUSE");
    mounted.push(point);
    return point;
  }

  /** A view of one folder with changes kept in another. */
  Path overlay(String name) throws IOException {
    Path point = Files.createDirectories(folder.resolve(name));
    // The layers must not lie on an overlay themselves.
    Path layers = inMemory(name + "-layers", "64m");
    String layer = "mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work none " + point;
    boolean can = succeeds("mkdir lower upper work; " + layer, layers);
    Assumptions.assumeTrue(can, "this machine cannot mount an overlay");
    mounted.push(point);
    return point;
  }

  /** Takes a volume away from under whoever uses it; those keep what they have open. */
  void takeAway(Path point) {
    mounted.remove(point);
    Shell.run(folder, "umount -l \"$1\"", point.toString());
  }

  private static boolean succeeds(String script, Path folder) {
    try {
      Shell.run(folder, script);
      return true;
    } catch (AssertionError e) {
      System.out.println(e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    while (!mounted.isEmpty()) {
      takeAway(mounted.peek());
    }
  }
}
